import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { declareNativeKernels, type NativeKernels } from '../../kernels/native-kernels.js';
import { registerNativeKernels } from '../../kernels/register-kernels.js';
import { nativeKernelsFolder } from './engine-folder.js';

/** The revision that this package's kernels are written for. */
const revision = 6;

const require = createRequire(import.meta.url);

/**
 * Loads our own kernels into TensorFlow's library, which has to be loaded, and registers them with TensorFlow.js. Where they
 * were not built, or are of another version, TensorFlow's operations do the work, and the engine's report says why.
 */
export function loadKernels(threads: number): void {
  const file = join(nativeKernelsFolder(), 'kernels.node');
  if (!existsSync(file)) return declareNativeKernels({ missing: 'not built' });
  try {
    const addon = require(file) as NativeKernels;
    if (addon.revision !== revision) {
      return declareNativeKernels({ missing: `of revision ${addon.revision}, expected ${revision}` });
    }
    addon.setThreads(threads);
    declareNativeKernels(addon);
    registerNativeKernels();
  } catch (error) {
    declareNativeKernels({ missing: (error as Error).message.split('\n', 1)[0] ?? '' });
  }
}
