import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './main.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
let [out, error] = ['', ''];
beforeEach(() => {
  [out, error] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((error += String(text)), true));
});
afterEach(() => jest.restoreAllMocks());

describe('help', () => {
  it.each([['--help'], ['train', '--help'], ['help', 'predict']])('%s %s: goes to standard output, exit code 0', async (...args) => {
    expect(await main(args)).toBe(0);
    expect(out).toMatch(/^Usage: blemish /);
    expect(error).toBe('');
  });

  it('names every command, with examples', async () => {
    await main(['--help']);
    for (const name of ['train', 'evaluate', 'predict', 'doctor', 'weights', 'Examples:']) expect(out).toContain(name);
  });

  it('shows the version', async () => {
    expect(await main(['--version'])).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('is shown on standard error, exit code 2, where nothing was asked for', async () => {
    expect(await main([])).toBe(2);
    expect([out, error.split('\n')[0]]).toEqual(['', 'Usage: blemish [options] [command]']);
  });
});

describe('wrong usage: exit code 2, one line, nothing written', () => {
  const config = writeInto(folder, 'typo.yaml', 'epochs: 3\n');
  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['train', '--goof', 'x'], "unknown option '--goof' (Did you mean --good?)"],
    [['train', '--seed', 'x'], "option '--seed <number>' argument 'x' is invalid. Expected a whole number from 0 to 4294967295."],
    [['train', '--seed', '-1'], "'-1' is invalid"],
    [['train', '--seed'], "option '--seed <number>' argument missing"],
    [['train', '--preset', 'x'], "preset: expected one of smoke, smoke-3d, quick, quick-3d, quick-heights, paper-rgb, paper-3d, got 'x'"],
    [['train', '--model', 'stfpm', '--preset', 'paper-3d'], "preset: expected one of smoke, quick, paper, got 'paper-3d'"],
    [['train', '--model', 'x'], "option '--model <name>' argument 'x' is invalid. Allowed choices are ast, stfpm"],
    [['train', '--backend', 'x'], "'x' is invalid. Allowed choices are auto, gpu, native, webgpu, wasm, cpu."],
    [['train', '--eval-size', '0'], "'0' is invalid"],
    [['predict', 'model', 'x.png', '--threads', '0'], "option '--threads <number>' argument '0' is invalid"],
    [['train', 'more'], "too many arguments for 'train'"],
    [['predict'], "missing required argument 'model'"],
    [['predict', 'model'], 'predict: expected images, or folders of images, or clouds and height maps with --depth; got none'],
    [['evaluate'], "missing required argument 'run-or-model'"],
    [['weights', 'efficientnet-b9'], "weights: expected one of efficientnet-b0, "],
    [['train'], 'images: expected --data ROOT --category NAME, or --good FOLDER, got neither'],
    [['train', '--resume', '--force'], '--resume: give it or --force, not both'],
    [['train', '--preset', 'smoke', '--config', config], `${config}: configuration: Unrecognized key: "epochs"`],
    [['train', '--preset', 'smoke', '--weights', 'x.pth'], '--weights: this configuration draws random weights'],
    [['train', '--preset', 'smoke', '--modality', 'depth'], 'images: the parts that preset smoke draws have no depth, which modality depth needs'],
    [['train', '--good', 'x', '--good-depth', 'y'], '--good-depth: modality rgb looks at images alone; leave it out, or train with --modality rgb+depth'],
    [['train', '--preset', 'smoke', '--hold-out', '24'], '--hold-out: expected fewer than the 24 good images, got 24'],
  ])('%j', async (args, message) => {
    const wanted = join(folder, 'out');
    const taking = ['train', 'predict'].includes(args[0] as string) && args.length > 2 ? ['--out', wanted] : [];
    expect(await main([...args, ...taking])).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(/^blemish: [^\n]+\n$/);
    expect(error).toContain(message);
    expect(existsSync(wanted)).toBe(false);
  });
});

describe('failures: exit code 1, one line', () => {
  it.each([
    [['predict', 'nowhere', 'x.png'], 'nowhere: expected a model file or the folder of a run: there is no such file'],
    [['evaluate', 'nowhere'], 'nowhere: expected a model file or the folder of a run: there is no such file'],
    [['predict', folder, 'x.png'], `${folder}: holds no model.safetensors; is the run finished?`],
    [['train', '--good', 'nowhere'], 'nowhere: no such folder'],
  ])('%j', async (args, message) => {
    expect(await main(args)).toBe(1);
    expect([out, error]).toEqual(['', `blemish: ${message}\n`]);
  });

  it('shows the stack with --verbose', async () => {
    expect(await main(['evaluate', 'nowhere', '--verbose'])).toBe(1);
    expect(error).toMatch(/^blemish: Error: nowhere: [^\n]+\n {4}at [^]*caused by: Error: ENOENT/);
  });

  it('names a folder without images, and writes nothing', async () => {
    writeInto(folder, 'none/readme.txt');
    expect(await main(['train', '--good', join(folder, 'none'), '--out', join(folder, 'out')])).toBe(1);
    expect(error).toContain('no images (looked for .png');
    expect(readdirSync(folder).sort()).toEqual(['none', 'typo.yaml']);
  });
});

it('lists public weights and whether they are here', async () => {
  jest.replaceProperty(process, 'env', { ...process.env, BLEMISH_CACHE: join(folder, 'cache') });
  expect(await main(['weights', '--json'])).toBe(0);
  const rows = JSON.parse(out) as { network: string; here: boolean; licence: string }[];
  expect(rows.find(({ network }) => network === 'efficientnet-b4')).toMatchObject({ here: false, licence: 'Apache-2.0' });
  out = '';
  expect(await main(['weights'])).toBe(0);
  expect(out).toContain(`weights in ${join(folder, 'cache', 'weights')}; what a training needs and is not here is downloaded then\n`);
});
