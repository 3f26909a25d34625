import { holdOut } from './hold-out.js';

const files = Array.from({ length: 20 }, (_, i) => i);

describe('holdOut', () => {
  it('splits the files without loss, by the seed', () => {
    const { train, validation } = holdOut(files, 5, 3);
    expect(validation).toHaveLength(5);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual(files);
    expect(holdOut(files, 5, 3)).toEqual({ train, validation });
    expect(holdOut(files, 5, 4).validation).not.toEqual(validation);
  });

  it('keeps none by default, and refuses to keep all', () => {
    expect(holdOut(files, 0, 0)).toEqual({ train: files, validation: [] });
    expect(() => holdOut(files, 20, 0)).toThrow('expected fewer than the 20 good images, got 20');
  });
});
