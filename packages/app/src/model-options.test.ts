import { modelConfig } from './model-options.js';
import { UsageError } from './errors.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const yaml = (text: string): string => writeInto(folder, `${text.length}.yaml`, text);

describe('modelConfig', () => {
  it('is the preset without more', async () => {
    expect(await modelConfig({ preset: 'quick' })).toMatchObject({ preset: 'quick', seed: 0, batch: 8, backbone: { name: 'efficientnet-b4', tap: 29 } });
  });

  it('lets a file replace settings, and options the file', async () => {
    const config = yaml('seed: 5\nbatch: 2\nteacher: {epochs: 3}\n');
    expect(await modelConfig({ preset: 'quick', config })).toMatchObject({ seed: 5, batch: 2, teacher: { epochs: 3, hidden: 64 } });
    expect(await modelConfig({ preset: 'quick', config, seed: 7 })).toMatchObject({ seed: 7, batch: 2 });
  });

  it('taps another backbone at the end of stage 6, with weights that somebody trained', async () => {
    expect((await modelConfig({ preset: 'smoke', backbone: 'efficientnet-b5' })).backbone).toEqual({
      ...{ name: 'efficientnet-b5', tap: 35, padding: 'same', weights: 'pretrained' },
    });
  });

  it('leaves the tap where the backbone stays the same', async () => {
    const config = yaml('backbone: {tap: 21}\n');
    expect((await modelConfig({ preset: 'quick', config, backbone: 'efficientnet-b4' })).backbone).toMatchObject({ tap: 21, weights: 'pretrained' });
    expect((await modelConfig({ preset: 'smoke', backbone: 'efficientnet-b0' })).backbone).toMatchObject({ tap: 4, weights: 'pretrained' });
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
    const failure = modelConfig({ preset: 'quick', config });
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(`${config}: ${message}`);
    await expect(failure).rejects.toThrow(/^[^\n]*[^\n:]$/);
  });

  it('refuses an unknown preset, a file that is not there, and an unknown backbone', async () => {
    await expect(modelConfig({ preset: 'x' })).rejects.toThrow(/^preset: expected one of smoke, smoke-3d, quick, .* got 'x'/);
    const missing = modelConfig({ preset: 'quick', config: `${folder}/none` });
    await expect(missing).rejects.toThrow(`${folder}/none: cannot read the configuration: there is no such file`);
    await expect(missing).rejects.toThrow(UsageError);
    await expect(modelConfig({ preset: 'quick', backbone: 'b4' })).rejects.toThrow("--backbone: expected one of efficientnet-b0, efficientnet-b1");
  });
});
