import { createDescriptor } from '../descriptor/create-descriptor.js';
import { createResNet } from '../resnet/create-resnet.js';
import { bundledBackbone, bundledDescriptor } from './bundled-networks.js';
import { loadBundledBackbone, loadBundledDescriptor } from './load-bundled.js';

it('comes with the backbone that it says, with weights for all its levels and no others, and how they were made', async () => {
  const { name, weights, provenance } = await loadBundledBackbone();
  expect(name).toBe(bundledBackbone.name);
  const network = createResNet({ variant: bundledBackbone.name, taps: bundledBackbone.levels });
  expect(network.select(weights).leftOver).toEqual([]);
  expect(network.select(weights).weights.size).toBe(weights.size);
  expect(provenance).toMatchObject({ backbone: 'resnet18', images: 1000 });
  expect(JSON.parse(String(provenance['config']))).toMatchObject({ student: bundledBackbone.name, levels: bundledBackbone.levels, seed: 0 });
});

it('comes with the descriptor network that it says', async () => {
  const { descriptor, provenance } = await loadBundledDescriptor();
  expect(descriptor.receptiveField).toBe(bundledDescriptor.receptiveField);
  expect(descriptor.specs).toEqual(createDescriptor(bundledDescriptor).specs);
  expect(provenance).toMatchObject({ backbone: 'resnet18', images: 1000 });
});

it('takes a few megabytes', async () => {
  const [{ backbone }, { descriptor }] = await Promise.all([import('./backbone-file.js'), import('./descriptor-file.js')]);
  expect(backbone.length + descriptor.length).toBeLessThan(8e6);
});
