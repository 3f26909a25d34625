/**
 * Compares names as people count: `2` before `10`, path segments before what follows them. It knows no language, so that
 * every system gives the same order.
 *
 * @returns below 0, 0 or above 0; 0 only for equal names
 */
export function naturalOrder(a: string, b: string): number {
  const [segmentsA, segmentsB] = [a.split('/'), b.split('/')];
  for (let i = 0; i < Math.min(segmentsA.length, segmentsB.length); i++) {
    const order = compareSegments(segmentsA[i] as string, segmentsB[i] as string);
    if (order !== 0) return order;
  }
  return segmentsA.length - segmentsB.length;
}

function compareSegments(a: string, b: string): number {
  const [partsA, partsB] = [a.split(/(\d+)/), b.split(/(\d+)/)]; // text, number, text, ...
  for (let i = 0; i < Math.min(partsA.length, partsB.length); i++) {
    const [x, y] = [partsA[i] as string, partsB[i] as string];
    const order = i % 2 === 1 ? compareNumbers(x, y) : compareText(x, y);
    if (order !== 0) return order;
  }
  // Equal but for leading zeros, or one the beginning of the other.
  return partsA.length - partsB.length || compareText(a, b);
}

/** Digits of any length: as texts without leading zeros, the longer is the larger. */
function compareNumbers(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return x.length - y.length || compareText(x, y);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
