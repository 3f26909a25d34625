import { bundledBackbone } from '@blemish/features';

/**
 * What is wrong with a configuration that takes the bundled backbone; undefined: nothing.
 *
 * @param levels those that it taps
 */
export function bundledFault(name: string, levels: readonly unknown[]): string | undefined {
  const known: readonly unknown[] = bundledBackbone.levels;
  if (name !== bundledBackbone.name) return `expected ${bundledBackbone.name}, the bundled one, got ${name}`;
  const missing = levels.find((level) => !known.includes(level));
  return missing === undefined ? undefined : `expected one of ${known.join(', ')} of the bundled backbone, got ${String(missing)}`;
}
