// Assembled from unit-range.wat by `npm run wat`: not edited by hand.
/** The module of unit-range.wat, 273 bytes in base64. */
export const unitRangeWasm =
  'AGFzbQEAAAABBwFgA39/fwADAgEABQMBAAIHEQIGbWVtb3J5AgAEdW5pdAAACuEBAd4BAgF/A3sgACACaiEDA0AgAP0ABAAhBCAE/YkBIQUgAS' +
  'AF/akB/foBIgZDAICAO/0T/eYBIAZDgYCAM/0T/eYB/eQB/QsEACABIAX9qgH9+gEiBkMAgIA7/RP95gEgBkOBgIAz/RP95gH95AH9CwQQIAT9' +
  'igEhBSABIAX9qQH9+gEiBkMAgIA7/RP95gEgBkOBgIAz/RP95gH95AH9CwQgIAEgBf2qAf36ASIGQwCAgDv9E/3mASAGQ4GAgDP9E/3mAf3kAf' +
  '0LBDAgAUHAAGohASAAQRBqIgAgA0kNAAsL';
