import { describeComparison } from './describe-comparison.js';
import type { Demo } from './demonstrate.js';
import { placeIn } from './write-prediction.js';

/** A demo as a few lines for people: how good, where the pictures are, and what to run next. */
export function describeDemo({ metrics, run, folder, pictures }: Pick<Demo, 'metrics' | 'run' | 'folder' | 'pictures'>): string {
  const width = Math.max(...pictures.map(({ defect }) => defect.length));
  const lines = pictures.map(({ defect, picture, cloud, view }) => {
    const files = [picture, cloud, view].flatMap((name) => (name === undefined ? [] : [placeIn(folder, name)]));
    return `  ${defect.padEnd(width)}  ${files.join('  ')}`;
  });
  return [
    describeComparison('AST', metrics),
    '',
    'heat over a part of each kind: picture, cloud, view of the cloud',
    ...lines,
    '',
    `model: ${run}`,
    'next:  npx blemish train --good FOLDER_OF_PHOTOGRAPHS',
  ].join('\n');
}
