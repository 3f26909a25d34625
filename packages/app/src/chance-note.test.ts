import { chanceNote } from './chance-note.js';

it('says that a model is at chance, and from how many images', () => {
  expect(chanceNote(0.6, { good: 4, defective: 8 })).toBe(
    'an image AUROC of 0.60 on 4 good and 8 defective images is no better than chance, which reaches 0.86 on so many images',
  );
  expect(chanceNote(0, { good: 4, defective: 8 })).toContain('an image AUROC of 0.00 on 4 good');
});

it('says so of every model where there are too few images to tell', () => {
  expect(chanceNote(1, { good: 1, defective: 1 })).toContain('no better than chance, which reaches 1.00 on so many images');
  expect(chanceNote(1, { good: 2, defective: 2 })).toBeDefined();
});

it('says nothing of a model that finds defects, nor where nothing was measured', () => {
  expect(chanceNote(0.6, { good: 400, defective: 800 })).toBeUndefined();
  expect(chanceNote(0.87, { good: 4, defective: 8 })).toBeUndefined();
  expect(chanceNote(undefined, { good: 0, defective: 8 })).toBeUndefined();
});
