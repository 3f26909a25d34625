// @ts-check
// npm run baselines -- --data ROOT --category NAME: what comparisons that learn nothing reach.
import { writeFileSync } from 'node:fs';
import { categoryLayout } from '@blemish/datasets';
import { measureBaselines } from './measure.mjs';
import { modalities, readOptions, usage } from './options.mjs';
import { baselineTable } from './table.mjs';

process.exitCode = await main();

async function main() {
  let options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`baselines: ${error instanceof Error ? error.message : error}`);
    return 2;
  }
  if (options.help) return console.log(usage), 0;
  const { data, category: categories, modality, size, json } = options;
  try {
    const rows = [];
    for (const category of categories) {
      const has3d = (await categoryLayout(data, category)) === 'mvtec-3d-ad';
      const chosen = modality.length > 0 ? modality : modalities.filter((name) => has3d || name === 'rgb');
      for (const one of chosen) rows.push(...(await measureBaselines({ data, category, modality: one, size, say: (line) => console.error(line) })));
    }
    console.log(baselineTable(rows));
    if (json !== undefined) writeFileSync(json, `${JSON.stringify({ data, size, rows }, null, 2)}\n`);
    return 0;
  } catch (error) {
    console.error(`baselines: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}
