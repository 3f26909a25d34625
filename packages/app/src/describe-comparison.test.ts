import { describeComparison } from './describe-comparison.js';

it('is a table with a line for each metric', () => {
  const metrics = [
    { name: 'image AUROC', value: 0.98765, best: { baseline: 'nearest pixel', value: 0.7 } },
    { name: 'AU-PRO 0.3', value: undefined, best: undefined },
  ] as const;
  expect(describeComparison('AST', metrics).split('\n')).toEqual([
    '               AST  best baseline',
    'image AUROC  0.988          0.700  nearest pixel',
    'AU-PRO 0.3       -              -',
  ]);
});
