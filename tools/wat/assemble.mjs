// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import openWabt from 'wabt';

/**
 * Every WebAssembly text of the packages and the TypeScript file that holds it assembled, which lies beside it.
 *
 * @param {string} root the workspace's folder
 * @returns {{text: string, module: string}[]} paths below `root`
 */
export function watFiles(root) {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const source = join('packages', name, 'src');
    return readdirSync(join(root, source), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.wat'))
      .map((path) => ({ text: join(source, path), module: join(source, path.replace(/\.wat$/, '-wasm.ts')) }));
  });
}

/**
 * The TypeScript file of a WebAssembly text: one constant, the module in base64.
 *
 * @param {string} path of the text
 */
export async function assemble(path) {
  const wabt = await openWabt();
  const file = basename(path);
  const parsed = wabt.parseWat(file, readFileSync(path, 'utf8'), { simd: true, bulk_memory: true });
  try {
    parsed.validate();
    const { buffer } = parsed.toBinary({});
    const name = file.replace('.wat', '-wasm').replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    return [
      `// Assembled from ${file} by \`npm run wat\`: not edited by hand.`,
      `/** The module of ${file}, ${buffer.length} bytes in base64. */`,
      `export const ${name} =`,
      `  '${Buffer.from(buffer).toString('base64').replace(/.{110}(?=.)/g, "$&' +\n  '")}';`,
      '',
    ].join('\n');
  } finally {
    parsed.destroy();
  }
}
