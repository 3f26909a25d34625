import type { PartName } from '@blemish/datasets';
import { demonstrate } from '../demonstrate.js';
import { demoParts } from '../demo-parts.js';
import { describeDemo } from '../describe-demo.js';
import { terminalFor, type CommonOptions } from '../start.js';

/** Options of `blemish demo`. */
export interface DemoOptions extends CommonOptions {
  readonly out: string;
  readonly seed: number;
  readonly part: PartName;
  readonly force?: boolean;
}

/** Shows what AST does, on parts that are drawn for it: nothing is downloaded. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const terminal = terminalFor(options);
  const demo = await demonstrate({ ...options, parts: demoParts }, terminal);
  terminal.out(options.json ? JSON.stringify(demo.document, null, 2) : describeDemo(demo));
}
