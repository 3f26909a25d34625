import { lossWeights } from './distil-losses.js';

it('reads weights, 1 where none is given, 0 for losses that are not named', () => {
  expect(lossWeights('knowledge, compactness=0.5')).toEqual({ knowledge: 1, compactness: 0.5, triplet: 0 });
  expect(lossWeights('triplet=2')).toEqual({ knowledge: 0, compactness: 0, triplet: 2 });
});

it.each(['', 'sharpness', 'knowledge=-1', 'knowledge=', 'knowledge=x', 'knowledge,knowledge', 'knowledge=1=2'])('refuses %j', (text) => {
  expect(() => lossWeights(text)).toThrow('Expected some of knowledge, compactness, triplet, each once');
});
