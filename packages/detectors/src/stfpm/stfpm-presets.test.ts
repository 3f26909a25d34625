import { stfpmSystem } from './stfpm-system.js';

describe('the presets of STFPM', () => {
  it.each(stfpmSystem.presets)('%s is whole', (name) => {
    expect(stfpmSystem.resolve(name, { seed: 3 })).toMatchObject({ kind: 'stfpm', preset: name, seed: 3, modality: 'rgb' });
  });

  it('are the published hyper-parameters, and what differs for two cores', () => {
    expect(stfpmSystem.resolve('paper')).toMatchObject({
      imageSize: [256, 256],
      backbone: { name: 'resnet18', levels: ['layer1', 'layer2', 'layer3'] },
      ...{ loss: 'released', epochs: 100, batch: 32, optimizer: { learningRate: 0.4, momentum: 0.9, l2: 1e-4 }, selection: { heldOut: 0.2 } },
    });
    const { preset, epochs, selection, ...same } = stfpmSystem.resolve('quick');
    expect([preset, epochs, selection]).toEqual(['quick', 40, 'last']);
    expect(stfpmSystem.resolve('paper')).toMatchObject(same);
  });

  it('take another backbone and the known variants', () => {
    const config = stfpmSystem.resolve('quick', { loss: 'paper', map: { fusion: 'sum' }, selection: { heldOut: 0.1 } }, stfpmSystem.withBackbone(stfpmSystem.resolve('quick'), 'wide_resnet50_2'));
    expect(config).toMatchObject({ loss: 'paper', map: { size: 64, fusion: 'sum' }, selection: { heldOut: 0.1 }, backbone: { name: 'wide_resnet50_2', weights: 'pretrained' } });
    expect(stfpmSystem.resolve('smoke', stfpmSystem.withBackbone(stfpmSystem.resolve('smoke'), 'resnet18')).backbone).toEqual({ name: 'resnet18', levels: ['layer1', 'layer2'], weights: 'pretrained' });
  });

  it.each([
    [{ epochs: 0 }, "configuration 'epochs': "],
    [{ epoch: 3 }, 'configuration: Unrecognized key: "epoch"'],
    [{ optimizer: { learningRate: 0 } }, "configuration 'optimizer.learningRate': "],
    [{ optimizer: { momentum: 1 } }, "configuration 'optimizer.momentum': "],
    [{ selection: { heldOut: 1 } }, "configuration 'selection"],
    [{ selection: 'best' }, "configuration 'selection'"],
    [{ backbone: { name: 'resnet101' } }, "configuration 'backbone.name': "],
    [{ backbone: { levels: [] } }, "configuration 'backbone.levels': "],
    [{ backbone: { levels: ['layer2', 'layer1'] } }, "configuration 'backbone.levels': expected levels from shallow to deep, each once"],
    [{ backbone: { levels: ['layer1', 'layer1'] } }, "configuration 'backbone.levels': expected levels from shallow to deep, each once"],
    [{ map: { fusion: 'mean' } }, "configuration 'map.fusion': "],
    [{ modality: 'depth' }, "configuration 'modality': "],
    [{ kind: 'ast' }, "configuration 'kind': "],
  ])('refuse %j', (override, message) => {
    expect(() => stfpmSystem.resolve('quick', override)).toThrow(message);
  });

  it('refuse an unknown preset and an unknown backbone', () => {
    expect(() => stfpmSystem.resolve('slow')).toThrow("preset: expected one of smoke, quick, paper, got 'slow'");
    expect(() => stfpmSystem.withBackbone(stfpmSystem.resolve('quick'), 'efficientnet-b4')).toThrow(/^expected one of resnet18, .*wide_resnet50_2; got 'efficientnet-b4'$/);
  });
});
