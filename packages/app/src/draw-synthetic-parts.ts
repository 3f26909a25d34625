import { writeSyntheticParts, type SyntheticPartsOptions } from '@blemish/datasets';
import { drawingFailure } from './drawing-failure.js';
import type { Terminal } from './terminal.js';

/** Draws parts with their clouds and masks below a folder, showing how far it is. */
export async function drawSyntheticParts(folder: string, options: SyntheticPartsOptions, terminal: Terminal): Promise<void> {
  const stage = terminal.stage('synthesize', 'parts');
  try {
    await writeSyntheticParts(folder, { ...options, onProgress: stage.update });
  } catch (cause) {
    throw drawingFailure(folder, cause);
  } finally {
    stage.end();
  }
}
