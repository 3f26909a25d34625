import { fileShape } from '@blemish/layers';
import { resnetArchitecture, resnetUnits } from './architecture.js';
import { resnetLevels, resnetNames, type ResNetName } from './variant.js';
import { resnetSpecs } from './weight-specs.js';

type ShapeOf = (name: string) => readonly number[] | undefined;

/**
 * The variant whose convolutions a file has, where that is not `expected`: in each level that the file goes to, all of them
 * and no other's.
 *
 * @param shapeOf shape of the file's array of that name, undefined if there is none
 */
export function identifyVariant(shapeOf: ShapeOf, expected: ResNetName): ResNetName | undefined {
  const tables = new Map(resnetNames.map((name) => [name, filtersOf(name)]));
  const names = [...new Set([...tables.values()].flatMap((filters) => [...filters.keys()]))];
  const levels = resnetLevels.map((level) => names.filter((name) => name.startsWith(`${level}.`)));
  const present = levels.filter((filters) => filters.some((name) => shapeOf(name) !== undefined)).flat();
  const fits = (variant: ResNetName): boolean =>
    present.length > 0 && present.every((name) => String(shapeOf(name)) === String(tables.get(variant)?.get(name)));
  return fits(expected) ? undefined : resnetNames.find(fits);
}

/** Names of a variant's filters, and their shapes in files. */
function filtersOf(variant: ResNetName): ReadonlyMap<string, readonly number[]> {
  const architecture = resnetArchitecture(variant);
  const specs = resnetSpecs(architecture);
  return new Map(
    resnetUnits(architecture).map(({ convolution }) => {
      const name = `${convolution}.weight`;
      const { shape = [], layout = 'filter' } = specs[name] ?? {};
      return [name, fileShape(shape, layout)];
    }),
  );
}
