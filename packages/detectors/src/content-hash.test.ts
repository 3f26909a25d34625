import { contentHash } from './content-hash.js';

it('contentHash is SHA-256', async () => {
  expect(await contentHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(await contentHash(Uint8Array.of(97, 98, 99))).toBe(await contentHash('abc'));
});
