import { describeDemo } from './describe-demo.js';

it('says how good, where the pictures are, and what to run next', () => {
  const pictures = [
    { defect: 'good', map: 'good.tiff', picture: 'good.png', cloud: 'good.ply', view: 'good.cloud.png' },
    { defect: 'dent', map: 'dent.tiff', picture: 'dent.png' },
  ];
  const metrics = [{ name: 'image AUROC', value: 1, best: { baseline: 'nearest pixel' as const, value: 0.7 } }];
  expect(describeDemo({ metrics, run: 'r/ast', folder: 'r/pictures', pictures }).split('\n')).toEqual([
    '               AST  best baseline',
    'image AUROC  1.000          0.700  nearest pixel',
    '',
    'heat over a part of each kind: picture, cloud, view of the cloud',
    '  good  r/pictures/good.png  r/pictures/good.ply  r/pictures/good.cloud.png',
    '  dent  r/pictures/dent.png',
    '',
    'model: r/ast',
    'next:  npx blemish train --good FOLDER_OF_PHOTOGRAPHS',
  ]);
});
