// Assembled from unit-range.wat by `npm run wat`: not edited by hand.
/** The module of unit-range.wat, 205 bytes in base64. */
export const unitRangeWasm =
  'AGFzbQEAAAABBwFgA39/fwADAgEABQMBAAIHEQIGbWVtb3J5AgAEdW5pdAAACp0BAZoBAgF/AnsgACACaiEDA0AgAP0ABAAhBCAE/YkBIQUgAS' +
  'AF/akB/fsBQwAAf0P9E/3nAf0LBAAgASAF/aoB/fsBQwAAf0P9E/3nAf0LBBAgBP2KASEFIAEgBf2pAf37AUMAAH9D/RP95wH9CwQgIAEgBf2q' +
  'Af37AUMAAH9D/RP95wH9CwQwIAFBwABqIQEgAEEQaiIAIANJDQALCw==';
