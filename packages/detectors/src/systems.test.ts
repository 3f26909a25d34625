import { describeBackends } from '@blemish-tools/jest';
import { readSafetensors, writeSafetensors } from '@blemish/weights';
import { reverseSystem } from './testing/reverse-system.js';
import { squareSource } from './testing/tiny-ast.js';
import { findSystem, loadDetector, modelFacts, systemNames } from './systems.js';

describe('the registry of systems', () => {
  it('gives each system by its name, with a default that is one of its presets', () => {
    for (const name of systemNames) {
      const { presets, defaultPreset, resolve, title } = findSystem(name);
      expect(presets).toContain(defaultPreset);
      expect(presets.map((preset) => resolve(preset).kind)).toEqual(presets.map(() => name));
      expect(title).not.toBe('');
    }
    expect(new Set(systemNames).size).toBe(systemNames.length);
    expect(() => findSystem('patchcore')).toThrow(/^model: expected one of ast, stfpm, .*got 'patchcore'$/);
  });

  it('reads no file that is no model', async () => {
    await expect(loadDetector(new Uint8Array(3), { name: 'a.safetensors' })).rejects.toThrow(/^a\.safetensors: /);
    const plain = writeSafetensors([], { made: 'elsewhere' });
    expect(() => modelFacts(plain, 'a.safetensors')).toThrow('a.safetensors: expected a Blemish model, got a safetensors file without its metadata');
  });
});

describeBackends(
  'a model of a system that is not registered',
  () => {
    it('is named with the systems that there are', async () => {
      const detector = await reverseSystem.create({ config: reverseSystem.resolve('tiny') });
      await detector.fit(squareSource(4));
      const bytes = await detector.toBytes();
      detector.dispose();
      const message = `a.safetensors: was made by 'reverse'; this version knows ${systemNames.join(', ')}`;
      await expect(loadDetector(bytes, { name: 'a.safetensors' })).rejects.toThrow(message);
      expect(() => modelFacts(bytes, 'a.safetensors')).toThrow(message);
    });

    it('is refused where it says that it is another system’s', async () => {
      const detector = await reverseSystem.create({ config: reverseSystem.resolve('tiny') });
      await detector.fit(squareSource(4));
      const { tensors, metadata } = readSafetensors(await detector.toBytes(), 'a');
      detector.dispose();
      const renamed = writeSafetensors(tensors, { blemish: (metadata['blemish'] ?? '').replace('"kind":"reverse"', '"kind":"stfpm"') });
      await expect(loadDetector(renamed)).rejects.toThrow(/^model, student: .*missing/);
    });
  },
  ['wasm'],
);
