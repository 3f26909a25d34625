import { backboneNames, createBackbone } from './create-backbone.js';

describe('createBackbone', () => {
  it('builds every network by its name', () => {
    for (const name of backboneNames) {
      const backbone = createBackbone(name, name.startsWith('resnet') || name.startsWith('wide') ? 'layer2' : 4);
      expect(backbone.name).toBe(name);
      expect(backbone.spec.taps).toHaveLength(1);
    }
  });

  it('taps where it is told', () => {
    expect(createBackbone('resnet18_half', 'layer3').spec.taps).toEqual([{ name: 'layer3', channels: 128, stride: 16 }]);
    expect(createBackbone('descriptor33', 16).spec.taps).toEqual([{ name: 'every 16', channels: 128, stride: 16 }]);
    expect(createBackbone('efficientnet-b4', 29).spec.taps).toEqual([{ name: 'blocks.29', channels: 272, stride: 32 }]);
  });

  it('refuses a tap of the other kind, and names that nobody knows', () => {
    expect(() => createBackbone('resnet18', 3)).toThrow('resnet18: expected a level such as layer3 as its tap, got 3');
    expect(() => createBackbone('efficientnet-b0', 'layer1')).toThrow("efficientnet-b0: expected the number of a block as its tap, got 'layer1'");
    expect(() => createBackbone('vgg16', 3)).toThrow("backbone: expected one of efficientnet-b0, ");
  });
});
