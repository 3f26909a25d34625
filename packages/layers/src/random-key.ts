/** 128 bits from which a random stream starts, as four 32-bit words. */
export type Key = readonly [number, number, number, number];

/**
 * Takes one more 32-bit word into a key. For a given word the map is one to one, so that no entropy is lost, and the
 * word reaches all four lanes.
 */
export function absorb(key: Key, word: number): Key {
  const a = scramble(key[0] ^ word);
  const b = scramble((key[1] + a + 0x9e3779b9) | 0);
  const c = scramble((key[2] ^ b) + 0x85ebca6b);
  const d = scramble((key[3] + c + 0xc2b2ae35) | 0);
  return [a, b, c, d];
}

/** Lets every lane depend on every other; what it returns is never all zero. */
export function mix(key: Key): Key {
  let mixed = key;
  for (let round = 0; round < 3; round++) mixed = absorb([mixed[3], mixed[0], mixed[1], mixed[2]], round);
  return mixed.some((word) => word !== 0) ? mixed : [1, 0, 0, 0];
}

/** The finalizer of MurmurHash3 (Appleby): one to one on 32 bits, each input bit flips half of the output bits. */
function scramble(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
