import { InvalidArgumentError } from 'commander';

/** A parser of whole numbers within bounds, for commander: what was expected stands in its error. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}, got '${text}'`);
    }
    return value;
  };
}
