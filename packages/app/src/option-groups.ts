import { Option, type Command } from 'commander';
import { positiveNumber, wholeNumber } from './option-parsers.js';
import type { CommonOptions } from './start.js';
import { usageLine } from './usage-line.js';

/** Parts to train on, and parts to test on. */
export function partsToTrainOn(command: Command): Command {
  return command
    .option('--data <folder>', 'root of a data set in the layout of MVTec AD or MVTec 3D-AD')
    .option('--category <name>', 'folder below --data')
    .option('--good <folder>', 'plain folder of good images to train on')
    .option('--good-depth <folder>', 'their clouds or height maps, of the same names')
    .option('--test-good <folder>', 'good images to test on')
    .option('--test-good-depth <folder>', 'their clouds or height maps')
    .option('--defective <folder>', 'defective images to test on')
    .option('--defective-depth <folder>', 'their clouds or height maps')
    .option('--masks <folder>', 'masks of the defective images, of the same name or with _mask');
}

/** What depth files are written in. */
export function depthUnits(command: Command): Command {
  return command
    .addOption(new Option('--depth-unit <unit>', 'unit of clouds and height maps (default: the model’s, else m)').choices(['m', 'mm']))
    .option('--depth-scale <number>', 'units in one level of a height map, or a factor on a cloud’s values', positiveNumber);
}

/**
 * What is distilled from what, and where the network goes.
 *
 * @param made what `--out` is
 */
export function distillation(command: Command, made: string): Command {
  return command
    .requiredOption('--images <folder>', 'natural images')
    .option('--backbone <name>', 'the network to learn from', 'resnet18')
    .option('--weights <file>', 'its weights; without it they are downloaded once')
    .requiredOption('--out <file>', `${made}; losses and checkpoint stand beside it`)
    .option('--seed <number>', 'seed of every draw', wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--resume', 'go on with an unfinished run')
    .option('--force', 'replace what is there');
}

/** What every command takes. */
export function common(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageLine(text, `blemish ${command.name()}`)) })
    .addOption(
      new Option('--backend <name>', 'tensor engine (default: the fastest that is there)')
        .choices(['auto', 'gpu', 'native', 'webgpu', 'wasm', 'cpu'])
        .env('BLEMISH_BACKEND'),
    )
    .option('--threads <number>', 'threads that compute (default: BLEMISH_THREADS, or the cores that the process may use)', wholeNumber(1, 1024))
    .option('--json', 'print one JSON document')
    .option('--quiet', 'print results only')
    .option('--verbose', 'print stacks with errors')
    .hook('preAction', () => {
      const { threads } = command.opts<CommonOptions>();
      if (threads !== undefined) process.env['BLEMISH_THREADS'] = String(threads); // read when an engine starts
    });
}
