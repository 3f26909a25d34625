import { validateDataset, type ImageFile } from '@blemish/datasets';
import type { Terminal } from './terminal.js';

/** Looks at the header of every image before the long work begins. */
export async function checkNaturalImages(files: readonly ImageFile[], terminal: Terminal): Promise<void> {
  const stage = terminal.stage('check', 'images');
  try {
    await validateDataset({ train: files, test: [] }, { onProgress: (done) => stage.update(done, files.length) });
  } finally {
    stage.end();
  }
}
