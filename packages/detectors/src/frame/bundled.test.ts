import { describeBackends, trainingBackends } from '@blemish-tools/jest';
import { modalities } from '@blemish/depth';
import { readSafetensors } from '@blemish/weights';
import type { Detector } from '../detector.js';
import type { SystemConfig } from '../system.js';
import { findSystem, loadDetector, systemNames } from '../systems.js';
import { squareSample, squareSource } from '../testing/tiny-ast.js';

/** A preset with the bundled network, and more replaced. */
function bundled(name: string, preset: string, ...overrides: readonly unknown[]): SystemConfig {
  const system = findSystem(name);
  return system.resolve(preset, system.withBundled(system.resolve(preset)), ...overrides);
}

describe('the settings of the bundled network', () => {
  it.each(systemNames)('go together with every preset of %s, but those that keep their own', (name) => {
    const system = findSystem(name);
    for (const preset of system.presets) {
      const own = system.resolve(preset);
      const keeps = preset.startsWith('paper') || (own.backbone === null && own.teachers === undefined);
      expect([preset, system.withBundled(own) === undefined]).toEqual([preset, keeps]);
      const { backbone, teachers } = bundled(name, preset);
      expect([preset, (backbone ?? teachers)?.weights]).toEqual([preset, keeps ? (own.backbone ?? own.teachers)?.weights : 'bundled']);
    }
  });

  it('follow the modality', () => {
    const ast = findSystem('ast');
    expect(ast.withBundled(ast.resolve('quick', { modality: 'depth' }))).toBeUndefined();
    const both = ast.resolve('smoke-3d', { modality: 'rgb+depth' });
    expect(ast.resolve('smoke-3d', ast.withBundled(both), { modality: 'rgb+depth' })).toMatchObject({ backbone: { weights: 'bundled', tap: 'layer3' }, depth: { size: 128 } });
  });

  it('leave no preset of AST with a random backbone, whatever it looks at', () => {
    const ast = findSystem('ast');
    for (const preset of ast.presets) {
      for (const modality of modalities) {
        const own = ast.resolve(preset, { modality });
        const { backbone } = ast.resolve(preset, ast.withBundled(own), { modality });
        expect([preset, modality, backbone?.weights]).toEqual([preset, modality, modality === 'depth' ? undefined : preset.startsWith('paper') ? 'pretrained' : 'bundled']);
      }
    }
  });

  it.each<[string, string, unknown, string]>([
    ['ast', 'quick', { backbone: { name: 'resnet18' } }, "configuration 'backbone': expected resnet18_half, the bundled one, got resnet18"],
    ['ast', 'quick', { backbone: { tap: 'layer4' } }, "configuration 'backbone': expected one of layer1, layer2, layer3 of the bundled backbone, got layer4"],
    ['stfpm', 'quick', { backbone: { levels: ['layer3', 'layer4'] } }, "configuration 'backbone': expected one of layer1, layer2, layer3 of the bundled backbone, got layer4"],
    ['uninformed-students', 'quick', { teachers: { receptiveFields: [17, 33] } }, "configuration 'teachers.receptiveFields': expected 33, that of the bundled descriptor, got 17, 33"],
  ])('of %s refuse what it cannot give: %s %j', (name, preset, override, message) => {
    expect(() => bundled(name, preset, override)).toThrow(message);
  });
});

const tiny: readonly (readonly [string, string, unknown])[] = [
  ['ast', 'smoke', { imageSize: [32, 32], positionalChannels: 4, teacher: { hidden: 4, epochs: 2, kernels: [3, 5] }, student: { hidden: 6, blocks: 1, epochs: 2 }, batch: 2 }],
  ['stfpm', 'smoke', { imageSize: [32, 32], epochs: 16, batch: 2, optimizer: { learningRate: 0.1 }, map: { size: 8 }, score: { maxSize: 32 } }],
  ['uninformed-students', 'smoke', { imageSize: [32, 32], fields: { 33: { window: 40, trainStride: 8, epochs: 2 } }, score: { maxSize: 32 } }],
];

describeBackends(
  'a detector over the bundled network',
  () => {
    it.each(tiny)('is made of nothing else: %s', async (name, preset, override) => {
      const detector = await findSystem(name).create({ config: bundled(name, preset, override) });
      await detector.fit(squareSource(5));
      const part = [squareSample(9)];
      const [scored] = await detector.score(part);
      expect(scored?.map.data.every(Number.isFinite)).toBe(true);
      const bytes = await detector.toBytes({ backbone: false });
      const { tensors, metadata } = readSafetensors(bytes);
      expect([...tensors.keys()].filter((key) => key.startsWith('backbone/'))).toEqual([]);
      const named = (JSON.parse(metadata['blemish'] ?? '') as { backbone: { name: string } | null }).backbone?.name;
      expect(named).toBe(name === 'uninformed-students' ? undefined : 'resnet18_half (bundled)');
      const loaded = await loadDetector(bytes); // the packages have it
      expect((await loaded.score(part))[0]?.score).toBe(scored?.score);
      [detector, loaded].forEach((each: Detector) => each.dispose());
    });
  },
  trainingBackends,
);
