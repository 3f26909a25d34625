import { createResNet, isResNetName, resnetLevels, resnetNames, type Backbone, type NamedWeights, type ResNetLevel } from '@blemish/features';
import { UsageError } from './errors.js';

/**
 * The network to distil from, up to the last level of which there are weights: its pooled output there is what descriptors
 * shall know.
 *
 * @param name such as `resnet18`
 * @param weights of the file, whole or without its last levels
 * @throws UsageError for another name
 */
export function distilBackbone(name: string, weights: NamedWeights): Backbone {
  checkDistilBackbone(name);
  const names = [...weights.keys()];
  const has = (level: ResNetLevel): boolean => names.some((key) => key.endsWith(`${level}.0.conv1.weight`));
  const last = resnetLevels.findLast(has) ?? (resnetLevels.at(-1) as ResNetLevel); // without any, loading says what is missing
  return createResNet({ variant: name, taps: [last], batched: true }); // patches are small: one by one they take five times as long
}

/**
 * Checks the name of a network to distil from.
 *
 * @throws UsageError that lists the names
 */
export function checkDistilBackbone(name: string): asserts name is (typeof resnetNames)[number] {
  if (!isResNetName(name)) throw new UsageError(`--backbone: expected one of ${resnetNames.join(', ')}, got ${name}`);
}
