import { modelConfig } from './model-options.js';
import { UsageError } from './errors.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const yaml = (text: string): string => writeInto(folder, `${text.length}.yaml`, text);

describe('modelConfig', () => {
  it('is the preset with the bundled network where neither backbone nor weights are named', async () => {
    expect(await modelConfig({ model: 'ast', preset: 'quick' })).toMatchObject({ preset: 'quick', seed: 0, batch: 8, imageSize: [512, 512], backbone: { name: 'resnet18_half', tap: 'layer3', weights: 'bundled' } });
    expect((await modelConfig({ model: 'stfpm' })).backbone).toMatchObject({ name: 'resnet18_half', weights: 'bundled' });
    expect((await modelConfig({ model: 'uninformed-students' })).teachers).toMatchObject({ receptiveFields: [33], weights: 'bundled' });
    expect((await modelConfig({ model: 'ast', preset: 'quick-3d', modality: 'depth' })).backbone).toBeNull();
  });

  it('is the preset as it is with weights, and where it keeps its own', async () => {
    expect(await modelConfig({ model: 'ast', preset: 'quick', weights: 'b4.pth' })).toMatchObject({ imageSize: [768, 768], backbone: { name: 'efficientnet-b4', tap: 29, weights: 'pretrained' } });
    expect((await modelConfig({ model: 'stfpm', weights: 'r18.pth' })).backbone).toMatchObject({ name: 'resnet18', weights: 'pretrained' });
    expect((await modelConfig({ model: 'ast', preset: 'paper-rgb' })).backbone).toMatchObject({ name: 'efficientnet-b5', weights: 'pretrained' });
    expect((await modelConfig({ model: 'stfpm', preset: 'paper' })).backbone).toMatchObject({ name: 'resnet18', weights: 'pretrained' });
    expect((await modelConfig({ model: 'uninformed-students', preset: 'paper' })).teachers).toMatchObject({ receptiveFields: [17, 33, 65], weights: 'pretrained' });
  });

  it('lets a file replace settings of the bundled network’s, and keeps the preset’s network where the file names one', async () => {
    expect(await modelConfig({ model: 'ast', preset: 'quick', config: yaml('imageSize: [256, 256]\n') })).toMatchObject({ imageSize: [256, 256], backbone: { weights: 'bundled' } });
    expect((await modelConfig({ model: 'ast', preset: 'quick', config: yaml('backbone: {tap: layer2}\n') })).backbone).toMatchObject({ weights: 'bundled', tap: 'layer2' });
    expect((await modelConfig({ model: 'stfpm', config: yaml('backbone: {levels: [layer1, layer2]}\n') })).backbone).toMatchObject({ weights: 'bundled', levels: ['layer1', 'layer2'] });
    expect(await modelConfig({ model: 'uninformed-students', config: yaml('imageSize: [100, 100]\n') })).toMatchObject({ imageSize: [100, 100], teachers: { weights: 'bundled' } });
    expect((await modelConfig({ model: 'ast', preset: 'quick-3d', config: yaml('modality: depth\n') })).backbone).toBeNull();
    expect(await modelConfig({ model: 'ast', preset: 'quick', config: yaml('backbone: {name: efficientnet-b4, tap: 15}\n') })).toMatchObject({ imageSize: [768, 768], backbone: { tap: 15, weights: 'pretrained' } });
    expect((await modelConfig({ model: 'uninformed-students', config: yaml('teachers: {receptiveFields: [17]}\n') })).teachers).toMatchObject({ receptiveFields: [17], weights: 'pretrained' });
  });

  it('takes the bundled network by its name, where the preset looks at images', async () => {
    expect((await modelConfig({ model: 'stfpm', backbone: 'bundled', config: yaml('seed: 4\n') })).backbone).toMatchObject({ weights: 'bundled' });
    const failure = modelConfig({ model: 'ast', preset: 'quick-3d', modality: 'depth', backbone: 'bundled' });
    await expect(failure).rejects.toThrow('--backbone: preset quick-3d with modality depth takes no bundled network');
    await expect(failure).rejects.toThrow(UsageError);
  });

  it('lets a file replace settings, and options the file', async () => {
    const config = yaml('seed: 5\nbatch: 2\nteacher: {epochs: 3}\n');
    expect(await modelConfig({ model: 'ast', preset: 'quick', config })).toMatchObject({ seed: 5, batch: 2, teacher: { epochs: 3, hidden: 64 } });
    expect(await modelConfig({ model: 'ast', preset: 'quick', config, seed: 7 })).toMatchObject({ seed: 7, batch: 2 });
  });

  it('taps another backbone at the end of stage 6, with weights that somebody trained', async () => {
    expect((await modelConfig({ model: 'ast', preset: 'smoke', backbone: 'efficientnet-b5' })).backbone).toEqual({
      ...{ name: 'efficientnet-b5', tap: 35, padding: 'same', weights: 'pretrained' },
    });
  });

  it('leaves the tap where the backbone stays the same', async () => {
    const config = yaml('backbone: {tap: 21}\n');
    expect((await modelConfig({ model: 'ast', preset: 'quick', config, backbone: 'efficientnet-b4' })).backbone).toMatchObject({ tap: 21, weights: 'pretrained' });
    expect((await modelConfig({ model: 'ast', preset: 'smoke', backbone: 'efficientnet-b0' })).backbone).toMatchObject({ tap: 4, weights: 'pretrained' });
  });

  it('is that of the system that was named, at its own default preset', async () => {
    expect(await modelConfig({ model: 'ast' })).toMatchObject({ kind: 'ast', preset: 'quick' });
    expect(await modelConfig({ model: 'stfpm' })).toMatchObject({ kind: 'stfpm', preset: 'quick', epochs: 40 });
    const config = yaml('map: {fusion: sum}\nselection: {heldOut: 0.1}\n');
    expect(await modelConfig({ model: 'stfpm', preset: 'paper', config, seed: 2, backbone: 'wide_resnet50_2' })).toMatchObject({
      ...{ seed: 2, epochs: 100, map: { size: 64, fusion: 'sum' }, selection: { heldOut: 0.1 } },
      backbone: { name: 'wide_resnet50_2', levels: ['layer1', 'layer2', 'layer3'], weights: 'pretrained' },
    });
  });

  it.each([
    [{ preset: 'paper-rgb' }, /^preset: expected one of smoke, quick, paper, got 'paper-rgb'$/],
    [{ backbone: 'efficientnet-b4' }, /^--backbone: expected one of resnet18, .*got 'efficientnet-b4'$/],
    [{ modality: 'depth' }, /^configuration 'modality': /],
  ] as const)('refuses for STFPM what is another system’s: %j', async (options, message) => {
    const failure = modelConfig({ model: 'stfpm', ...options });
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(message);
  });

  it.each([
    ['a: [', 'is not YAML: '],
    ['- a\n', 'expected settings by name, got a list'],
    ['', 'expected settings by name, got nothing'],
    ['7', 'expected settings by name, got a number'],
    ['teacher: {epoch: 3}\n', `configuration 'teacher': Unrecognized key: "epoch"`],
    ['batch: none\n', "configuration 'batch': "],
  ])('refuses the file %j', async (text, message) => {
    const config = yaml(text);
    const failure = modelConfig({ model: 'ast', preset: 'quick', config });
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(`${config}: ${message}`);
    await expect(failure).rejects.toThrow(/^[^\n]*[^\n:]$/);
  });

  it('refuses an unknown preset, a file that is not there, and an unknown backbone', async () => {
    await expect(modelConfig({ model: 'ast', preset: 'x' })).rejects.toThrow(/^preset: expected one of smoke, smoke-3d, quick, .* got 'x'/);
    const missing = modelConfig({ model: 'ast', preset: 'quick', config: `${folder}/none` });
    await expect(missing).rejects.toThrow(`${folder}/none: cannot read the configuration: there is no such file`);
    await expect(missing).rejects.toThrow(UsageError);
    await expect(modelConfig({ model: 'ast', preset: 'quick', backbone: 'b4' })).rejects.toThrow("--backbone: expected one of efficientnet-b0, efficientnet-b1");
  });
});
