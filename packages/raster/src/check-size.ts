/** Throws unless both sides are whole and positive; `name` says which argument it was. */
export function checkSize(size: readonly [number, number], name: string): void {
  if (size.length !== 2 || !size.every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new Error(`${name}: expected [height, width] in whole pixels above 0, got [${size.join(', ')}]`);
  }
}
