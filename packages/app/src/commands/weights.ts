import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { publicWeights } from '@blemish/features';
import { cacheFolder } from '@blemish/storage';
import { fetchPublicWeights } from '../backbone-weights.js';
import { UsageError } from '../errors.js';
import { interruptSignal } from '../interrupt.js';
import { terminalFor, type CommonOptions } from '../start.js';
import { withCleanup } from '../with-cleanup.js';

/** Lists public weights and whether they are here, or downloads those named. */
export function runWeights(names: readonly string[], options: CommonOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const terminal = terminalFor(options);
    const unknown = names.find((name) => !publicWeights.some(({ network }) => network === name));
    if (unknown !== undefined) {
      throw new UsageError(`weights: expected one of ${publicWeights.map(({ network }) => network).join(', ')}, got '${unknown}'`);
    }
    const signal = interruptSignal('what has arrived is kept and continued next time', defer);
    for (const name of names) await fetchPublicWeights(name, terminal, signal);

    const folder = join(cacheFolder(), 'weights');
    const wanted = publicWeights.filter(({ network }) => names.length === 0 || names.includes(network));
    const rows = await Promise.all(
      wanted.map(async (entry) => {
        const file = join(folder, entry.fileName);
        return { ...entry, file, here: (await stat(file).catch(() => undefined)) !== undefined };
      }),
    );
    if (options.json) {
      terminal.out(JSON.stringify(rows, null, 2));
      return;
    }
    terminal.out(`weights in ${folder}; what a training needs and is not here is downloaded then`);
    for (const { network, here, fileName, url, licence } of rows) {
      terminal.out(`  ${network.padEnd(16)} ${licence.padEnd(13)} ${here ? `here: ${fileName}` : url}`);
    }
  });
}
