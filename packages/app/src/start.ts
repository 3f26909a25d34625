import { startEngine, type EngineReport } from '@blemish/engine/node';
import { createTerminal, type Terminal } from './terminal.js';

/** What every command takes. */
export interface CommonOptions {
  readonly backend?: 'auto' | 'gpu' | 'native' | 'webgpu' | 'wasm' | 'cpu';
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** The terminal as the options ask for it. */
export function terminalFor({ quiet = false }: CommonOptions): Terminal {
  return createTerminal({ quiet });
}

/** Starts the engine and says which. */
export async function startFor({ backend = 'auto' }: CommonOptions, terminal: Terminal): Promise<EngineReport> {
  const report = await startEngine({ backend });
  terminal.note(`engine: ${report.backend} ${report.version}, ${report.threads} thread${report.threads === 1 ? '' : 's'}`);
  if (report.backend === 'wasm' || report.backend === 'cpu') {
    terminal.note('a native engine is many times faster: npm run engine:native');
  }
  return report;
}
