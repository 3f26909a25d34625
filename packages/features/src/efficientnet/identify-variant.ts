import { fileShape } from '@blemish/layers';
import { blockTable } from './block-table.js';
import { scalings, type EfficientNetVariant } from './scaling.js';
import { blockSpecs, stemSpecs } from './weight-specs.js';

/**
 * The variant whose shapes all the arrays of a file's stem and blocks have, where that is not `expected`.
 *
 * @param shapeOf shape of the file's array of that name, undefined if there is none
 */
export function identifyVariant(
  shapeOf: (name: string) => readonly number[] | undefined,
  expected: EfficientNetVariant,
): string | undefined {
  const fits = (variant: EfficientNetVariant): boolean => {
    const { stem, blocks } = blockTable(variant);
    const specs = Object.assign({}, stemSpecs(stem), ...blocks.map(blockSpecs)) as ReturnType<typeof stemSpecs>;
    const names = Object.keys(specs).filter((name) => shapeOf(name) !== undefined);
    // Deep enough to tell the variants apart: their first blocks can be alike.
    if (!names.some((name) => name.startsWith('_blocks.5.'))) return false;
    return names.every((name) => {
      const spec = specs[name];
      return spec !== undefined && String(shapeOf(name)) === String(fileShape(spec.shape, spec.layout));
    });
  };
  if (fits(expected)) return undefined;
  const found = (Object.keys(scalings) as EfficientNetVariant[]).find(fits);
  return found === undefined ? undefined : `efficientnet-${found}`;
}
