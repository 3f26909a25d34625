import { startEngine, type StartedEngine } from '@blemish/engine/node';
import { describeEngine } from './describe-engine.js';
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
export async function startFor({ backend = 'auto' }: CommonOptions, terminal: Terminal): Promise<StartedEngine> {
  const engine = await startEngine({ backend });
  for (const line of describeEngine(engine)) terminal.note(line);
  return engine;
}
