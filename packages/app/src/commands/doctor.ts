import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { doctorReport } from '@blemish/engine/node';
import { cacheFolder } from '@blemish/storage';
import { terminalFor, type CommonOptions } from '../start.js';

/** Shows which engines and weights are found, which are missing and how to get them, and how fast this machine is. */
export async function runDoctor(options: CommonOptions): Promise<void> {
  const terminal = terminalFor(options);
  terminal.note('starting and measuring every engine, a few seconds each ...');
  const report = await doctorReport();
  const folder = join(cacheFolder(), 'weights');
  const weights = (await readdir(folder).catch(() => [])).filter((name) => /\.(pth|safetensors)$/.test(name));
  if (options.json) {
    terminal.out(JSON.stringify({ ...report, weights: { folder, files: weights } }, null, 2));
    return;
  }
  terminal.out(`node ${report.node} on ${report.platform}, ${report.threads} threads`);
  for (const { backend, works, detail, howToGet, folder: place, gflops } of report.backends) {
    const speed = gflops === undefined ? '' : `, ${gflops.toPrecision(3)} GFLOP/s`;
    const mark = backend === report.chosen ? '*' : ' ';
    terminal.out(`${mark} ${backend.padEnd(7)} ${works ? 'found  ' : 'missing'} ${detail}${speed}${place === undefined ? '' : `, ${place}`}`);
    if (howToGet !== undefined) terminal.out(`          to get it: ${howToGet}`);
  }
  terminal.out(`weights in ${folder}: ${weights.length === 0 ? 'none; training downloads what it needs, or takes --weights FILE' : weights.join(', ')}`);
}
