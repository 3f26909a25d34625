import { join } from 'node:path';
import envPaths from 'env-paths';

/** The release of TensorFlow.js that the whole workspace is held to. */
export const tfjsVersion = '4.22.0';

/** Blemish's cache folder: `BLEMISH_CACHE`, or the place that the operating system gives a user's caches. */
export function cacheFolder(): string {
  return process.env['BLEMISH_CACHE'] || envPaths('blemish', { suffix: '' }).cache;
}

/** Where `npm run engine:native` puts the native engine of this platform. */
export function nativeEngineFolder(): string {
  return join(cacheFolder(), 'native-engine', `tfjs-node-${tfjsVersion}-${process.platform}-${process.arch}`);
}

/** Where `npm run engine:native` puts our own kernels for it. */
export function nativeKernelsFolder(): string {
  return join(cacheFolder(), 'native-engine', `kernels-${process.platform}-${process.arch}`);
}
