/**
 * Where two JSON values differ: one text for each place, such as `flow.blocks is 4 there, 8 here`; none where they are equal.
 * The order of keys does not matter, and what JSON drops (undefined) is not there.
 *
 * @param there the value that was stored
 * @param here the one given now
 */
export function jsonDifferences(there: unknown, here: unknown): string[] {
  return compare(normalised(there), normalised(here), '');
}

function normalised(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function compare(there: unknown, here: unknown, path: string): string[] {
  if (isContainer(there) && isContainer(here) && Array.isArray(there) === Array.isArray(here)) {
    const keys = [...new Set([...Object.keys(there), ...Object.keys(here)])];
    return keys.flatMap((key) => compare(there[key], here[key], path === '' ? key : `${path}.${key}`));
  }
  return Object.is(there, here) ? [] : [`${path || 'it'} is ${shown(there)} there, ${shown(here)} here`];
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
