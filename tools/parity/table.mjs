// node tools/parity/table.mjs ERRORS.jsonl > docs/parity.md
import { readFileSync } from 'node:fs';
import { parityTable } from './parity-table.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node tools/parity/table.mjs ERRORS.jsonl');
  process.exit(2);
}
const comparisons = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
if (comparisons.length === 0) {
  console.error(`${file}: expected comparisons, found none (are the golden files there?)`);
  process.exit(1);
}
console.log(`# Parity

How far our numbers lie from those of the official code (../shared/golden), by suite and backend. Made by \`npm run parity\`${
  process.env['BLEMISH_FULL'] === '1' ? ' with `BLEMISH_FULL=1`: the slow suites too' : ''
}; do not edit.

First the largest error of each suite as a share of the tolerance that its golden files state (1 would be just allowed), and where it stands;
where they state none (running statistics, losses and block outputs of the real sizes, positional encoding, SGD in float32), the test states one.
Below, for each suite, the largest absolute errors themselves; where a row was compared several times, the comparison that came closest to its
tolerance. \`pure\` is code without tensors. – was not compared there.

${parityTable(comparisons)}`.trimEnd());
