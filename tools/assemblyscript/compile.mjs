// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

/**
 * Every folder of AssemblyScript in the packages and the TypeScript file that holds it compiled.
 *
 * @param {string} root the workspace's folder
 * @returns {{folder: string, module: string}[]} paths below `root`
 */
export function assemblyScripts(root) {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const source = join('packages', name, 'wasm');
    return folders(join(root, source)).map((folder) => ({
      folder: join(source, folder),
      module: join('packages', name, 'src', folder, `${folder}-wasm.ts`),
    }));
  });
}

/** @param {string} path */
function folders(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/**
 * The TypeScript file of a folder whose `index.ts` is compiled: one constant, the module in base64.
 *
 * @param {string} root
 * @param {string} folder
 */
export async function compile(root, folder) {
  const name = folder.split(/[\\/]/).at(-1) ?? '';
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort=', '--memoryBase', '1024', '--outFile', 'module.wasm'];
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main([join(folder, 'index.ts'), '--baseDir', root, ...options], {
    writeFile: (_, contents) => {
      if (contents instanceof Uint8Array) binary = contents;
    },
  });
  if (error || binary === undefined) throw new Error(`${folder}: ${stderr.toString().trim() || error?.message}`, { cause: error });
  const constant = `${name}-wasm`.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return [
    `// Compiled from ${folder.replaceAll('\\', '/')} by \`npm run wasm\`: not edited by hand.`,
    `/** The module, ${binary.length} bytes in base64. */`,
    `export const ${constant} =`,
    `  '${Buffer.from(binary).toString('base64').replace(/.{110}(?=.)/g, "$&' +\n  '")}';`,
    '',
  ].join('\n');
}
