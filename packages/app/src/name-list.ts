import { InvalidArgumentError } from 'commander';

/** A parser of names divided by commas, each of a known set and given once, for commander. */
export function nameList<Name extends string>(known: readonly Name[]): (text: string) => readonly Name[] {
  return (text) => {
    const names = text.split(',').map((name) => name.trim()) as Name[];
    const isFine = names.every((name, i) => known.includes(name) && names.indexOf(name) === i);
    if (!isFine) throw new InvalidArgumentError(`Expected some of ${known.join(',')}, each once.`);
    return names;
  };
}
