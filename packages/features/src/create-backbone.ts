import type { Backbone } from './backbone.js';
import { createDescriptorBackbone, descriptorBackbones, isDescriptorName } from './descriptor/create-descriptor-backbone.js';
import { createEfficientNet, type EfficientNetOptions } from './efficientnet/create-efficientnet.js';
import { scalings, type EfficientNetVariant } from './efficientnet/scaling.js';
import { createResNet } from './resnet/create-resnet.js';
import { isResNetName, resnetNames, type ResNetLevel } from './resnet/variant.js';

/** Where a backbone is tapped: a block of EfficientNet, a level of a ResNet, every so many pixels for a descriptor network. */
export type BackboneTap = number | ResNetLevel;

/** Every name that `createBackbone` takes. */
export const backboneNames: readonly string[] = [...Object.keys(scalings).map((variant) => `efficientnet-${variant}`), ...resnetNames, ...Object.keys(descriptorBackbones)];

/** What a tap of a backbone is, for messages. */
export function tapWords(name: string): string {
  if (isResNetName(name)) return 'a level such as layer3';
  return isDescriptorName(name) ? 'a number of pixels' : 'the number of a block';
}

/**
 * A backbone by its public name, with one tap.
 *
 * @param options padding of EfficientNet's strided convolutions; ResNets have one of their own
 * @throws Error for an unknown name, or a tap that it has not
 */
export function createBackbone(name: string, tap: BackboneTap, { padding }: Pick<EfficientNetOptions, 'padding'> = {}): Backbone {
  if (isResNetName(name)) {
    if (typeof tap !== 'string') throw new Error(`${name}: expected ${tapWords(name)} as its tap, got ${tap}`);
    return createResNet({ variant: name, taps: [tap] });
  }
  if (!backboneNames.includes(name)) throw new Error(`backbone: expected one of ${backboneNames.join(', ')}; got '${name}'`);
  if (typeof tap !== 'number') throw new Error(`${name}: expected ${tapWords(name)} as its tap, got '${tap}'`);
  if (isDescriptorName(name)) return createDescriptorBackbone(name, tap);
  return createEfficientNet({ variant: name.slice(-2) as EfficientNetVariant, taps: [tap], ...(padding && { padding }) });
}
