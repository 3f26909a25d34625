/** True under `npm run test:full`, which also runs what is too slow for every day. */
export const fullSuite: boolean = process.env['BLEMISH_FULL'] === '1';
