import { describeBackends } from '@blemish-tools/jest';
import type { Detector, ScoredSample } from '../detector.js';
import type { PartJob } from '../frame/part-job.js';
import { createMemoryStore } from '../memory-store.js';
import type { Modality } from '@blemish/depth';
import { helpersHere } from '../testing/helpers-here.js';
import { tinyAstConfig } from '../testing/tiny-ast.js';
import { blockSample, blockSource } from '../testing/tiny-parts.js';
import type { AstConfig } from './ast-config.js';
import { createAst, loadAst, readAstModel } from './create-ast.js';
import { resolveAstConfig } from './resolve-ast-config.js';

// 32 px images give 8 x 8 positions at stride 4; so do depth maps of 32 px in cells of 4.
const depth = { size: 32, unshuffle: 4, dilate: 2 };
const depthConfig = (modality: Modality, overrides: object = {}): AstConfig => tinyAstConfig({ modality, ...(modality !== 'rgb' && { depth }), ...overrides });

async function fitted(config: AstConfig, options: Parameters<Detector['fit']>[1] = {}): Promise<Detector> {
  const detector = await createAst({ config });
  try {
    await detector.fit(blockSource(5), options);
  } catch (error) {
    detector.dispose();
    throw error;
  }
  return detector;
}

const scoreOne = async (detector: Detector, sample = blockSample(90)): Promise<ScoredSample> => (await detector.score([sample]))[0] as ScoredSample;

describeBackends('AST on depth', (backend) => {
  describe.each(backend === 'cpu' ? (['rgb+depth'] as const) : (['depth', 'rgb+depth'] as const))('modality %s', (modality) => {
    it('gives the same bits whatever is kept, with helpers, and after loading', async () => {
      const first = await fitted(depthConfig(modality));
      const bytes = await first.toBytes();
      const wants: string[] = [];
      const helpers = helpersHere((job) => wants.push((job as PartJob).want.join(' ')));
      const again = await fitted(depthConfig(modality), { helpers, store: createMemoryStore({ limitBytes: 0 }) });
      expect(Buffer.compare(await again.toBytes(), bytes)).toBe(0);
      expect(wants.length > 0).toBe(true);
      const loaded = await loadAst(bytes);
      expect([loaded.modality, loaded.inputSize]).toEqual([modality, modality === 'depth' ? undefined : [32, 32]]);
      expect((await scoreOne(loaded)).map.data).toEqual((await scoreOne(first)).map.data);
      for (const detector of [first, again, loaded]) detector.dispose();
    });

    it('cuts maps to the dilated foreground, and takes the maximum over it', async () => {
      const detector = await fitted(depthConfig(modality));
      const { map, score, scores } = await scoreOne(detector);
      expect([map.get(0, 0), map.get(39, 39), map.get(20, 2)]).toEqual([0, 0, 0]); // the table
      expect(map.get(20, 20)).toBeGreaterThan(0); // the block
      expect(score).toBe(scores.max);
      detector.dispose();
    });

    it('names the part whose depth map is missing, empty, or without anything on its table', async () => {
      const detector = await fitted(depthConfig(modality));
      const { depth: map, ...bare } = blockSample(7);
      await expect(detector.score([bare])).rejects.toThrow('good/7: expected a depth map, got none');
      if (map === undefined) throw new Error('no depth map');
      map.data.fill(0);
      await expect(detector.score([{ ...bare, depth: map }])).rejects.toThrow(/^good\/7: background: /);
      map.data.fill(0.5);
      await expect(detector.score([{ ...bare, depth: map }])).rejects.toThrow(/^good\/7: foreground: /);
      detector.dispose();
    });
  });

  it('names the part whose image is missing', async () => {
    const detector = await fitted(depthConfig('rgb+depth'));
    const { id, depth: map } = blockSample(7);
    const bare = { id, ...(map && { depth: map }) };
    await expect(detector.score([bare])).rejects.toThrow('good/7: expected an image, got none');
    detector.dispose();
  });

  if (backend === 'cpu') return; // it is slow, and shares all of the code

  it('sees a dent that no image shows', async () => {
    const config = depthConfig('depth', { teacher: { hidden: 8, epochs: 12, kernels: [3, 3] }, student: { hidden: 16, blocks: 1, epochs: 12 } });
    const detector = await fitted(config);
    const scores = async (dent: boolean): Promise<number[]> => (await detector.score([90, 91, 92, 93, 94].map((seed) => blockSample(seed, { dent })))).map(({ score }) => score);
    expect(Math.min(...(await scores(true)))).toBeGreaterThan(Math.max(...(await scores(false))));
    detector.dispose();
  });

  it('keeps images’ features under the same key with depth and without', async () => {
    const keys = { rgb: new Set<string>(), 'rgb+depth': new Set<string>() };
    for (const modality of ['rgb', 'rgb+depth'] as const) {
      const store = createMemoryStore();
      const noting = { ...store, put: (key: string, data: Float32Array) => (keys[modality].add(key), store.put(key, data)) };
      (await fitted(depthConfig(modality), { store: noting, scratch: createMemoryStore() })).dispose();
    }
    const features = [...keys['rgb+depth']].filter((key) => key.startsWith('features/'));
    expect(features).toEqual([...keys.rgb]);
    expect([...keys['rgb+depth']].filter((key) => key.startsWith('depth/'))).toHaveLength(5);
  });

  it('can do without the mask, and without positions', async () => {
    const whole = await fitted(depthConfig('depth', { depth: { ...depth, mask: false } }));
    expect((await scoreOne(whole)).map.get(0, 0)).not.toBe(0);
    const placeless = await fitted(depthConfig('depth', { positionalChannels: 0 }));
    expect((await scoreOne(placeless)).score).toBeGreaterThan(0);
    expect([...readAstModel(await placeless.toBytes()).networks['teacher']?.keys() ?? []][0]).toMatch(/^module_list\.2\./); // one node before the blocks
    for (const detector of [whole, placeless]) detector.dispose();
  });

  it('scores by the likelihood alone where it is told to', async () => {
    const [distance, likelihood] = [await fitted(depthConfig('depth')), await fitted(depthConfig('depth', { score: { of: 'likelihood' } }))];
    const sample = blockSample(91);
    expect((await scoreOne(likelihood, sample)).score).not.toBe((await scoreOne(distance, sample)).score);
    for (const detector of [distance, likelihood]) detector.dispose();
  });
});

describe('the configuration', () => {
  it('takes from a preset what its modality looks at', () => {
    expect(resolveAstConfig('quick-3d')).toMatchObject({ modality: 'rgb+depth', backbone: { name: 'efficientnet-b4' }, depth: { background: 'border', level: true, scale: 1000 }, score: { reduction: 'max' } });
    expect(resolveAstConfig('quick-3d', { modality: 'depth' })).toMatchObject({ modality: 'depth', backbone: null, depth: { size: 192 } });
    expect(resolveAstConfig('paper-3d', { modality: 'rgb' })).toMatchObject({ backbone: { name: 'efficientnet-b5' }, depth: null, score: { reduction: 'mean' } });
    expect(resolveAstConfig('paper-3d')).toMatchObject({ depth: { background: 'corners', fill: 'official', level: false, fillHoles: false, scale: 100 } });
    expect(resolveAstConfig('quick-heights')).toMatchObject({ modality: 'depth', backbone: null, depth: { background: 'none', mask: true } });
  });

  it.each([
    [{ modality: 'colour' }, /configuration 'modality'/],
    [{ modality: 'depth', backbone: { name: 'efficientnet-b0' } }, /configuration 'backbone/],
    [{ modality: 'rgb', depth: { size: 192 } }, /configuration 'depth/],
    [{ depth: null }, /configuration 'depth': expected its settings with modality rgb\+depth/],
    [{ depth: { size: 190 } }, /configuration 'depth': expected a size that is a multiple of unshuffle 8, got 190/],
  ])('refuses %j', (overrides, message) => {
    expect(() => resolveAstConfig('quick-3d', overrides)).toThrow(message);
  });

  it('refuses as many positions in images as there are not in depth maps', async () => {
    await expect(createAst({ config: depthConfig('rgb+depth', { depth: { ...depth, size: 64 } }) })).rejects.toThrow(
      'configuration: the image gives 8x8 positions, the depth map 16x16; expected as many',
    );
  });
});
