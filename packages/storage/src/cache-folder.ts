import envPaths from 'env-paths';

/** Where everything stands that can be made or downloaded again: `BLEMISH_CACHE`, or the system's usual place. */
export function cacheFolder(): string {
  return process.env['BLEMISH_CACHE'] || envPaths('blemish', { suffix: '' }).cache;
}
