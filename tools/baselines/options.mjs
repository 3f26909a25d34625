// @ts-check
import { parseArgs } from 'node:util';

export const usage = `npm run baselines -- --data ROOT --category NAME [--category NAME]... [--modality NAME]... [--size N] [--json FILE]

  --data ROOT       a data set in the layout of MVTec AD or MVTec 3D-AD
  --category NAME   a folder of it; may be given again
  --modality NAME   rgb, depth or rgb+depth; may be given again; default: all that the data have
  --size N          edge, in pixels, at which images are compared; default 192
  --json FILE       write the results there`;

export const modalities = /** @type {const} */ (['rgb', 'depth', 'rgb+depth']);

/** What was typed. @param {string[]} args */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      category: { type: 'string', multiple: true, default: [] },
      modality: { type: 'string', multiple: true, default: [] },
      size: { type: 'string', default: '192' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { data, category, modality, json, help } = values;
  const size = Number(values.size);
  if (help) return { help, data: '', category, modality: [], size, json };
  if (data === undefined) throw new Error('--data: expected a folder, got none');
  if (category.length === 0) throw new Error('--category: expected a name, got none');
  if (!(Number.isSafeInteger(size) && size >= 8 && size <= 4096)) throw new Error(`--size: expected a whole number from 8 to 4096, got '${values.size}'`);
  const chosen = modality.map((name) => {
    const known = modalities.find((one) => one === name);
    if (known === undefined) throw new Error(`--modality: expected ${modalities.join(', ')}, got '${name}'`);
    return known;
  });
  return { help, data, category, modality: chosen, size, json };
}
