import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeEngineFolder } from './engine-folder.js';
import { findTfjsNode } from './find-tfjs-node.js';

describe('findTfjsNode', () => {
  let cache: string;
  let root: string;
  const kept = process.env['BLEMISH_CACHE'];
  const find = (): string | undefined => findTfjsNode('@tensorflow/tfjs-node')?.addon;

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'blemish-find-'));
    process.env['BLEMISH_CACHE'] = cache;
    root = join(nativeEngineFolder(), 'tfjs-node');
  });
  afterEach(() => {
    if (kept === undefined) delete process.env['BLEMISH_CACHE'];
    else process.env['BLEMISH_CACHE'] = kept;
    rmSync(cache, { recursive: true });
  });

  it('finds the engine in the cache folder once its manifest is there', () => {
    // A checkout may have the package itself as well, and then that one is taken.
    const installed = find();
    mkdirSync(join(root, 'lib', 'napi-v8'), { recursive: true });
    writeFileSync(join(root, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
    writeFileSync(join(root, 'package.json'), '{ "version": "4.22.0" }');
    expect(find()).toBe(installed);
    writeFileSync(join(root, '..', 'manifest.json'), '{}');
    expect(find()).toBe(installed ?? join(root, 'lib', 'napi-v8', 'tfjs_binding.node'));
    writeFileSync(join(root, 'package.json'), '{ "version": "4.21.0" }');
    expect(find()).toBe(installed);
  });
});
