import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { partDefectNames, partNames, syntheticPartsDefaults } from '@blemish/datasets';
import { findSystem, modalities, systemNames } from '@blemish/detectors';
import { resnetNames } from '@blemish/features';
import { runBaselines } from './commands/baselines.js';
import { runDemo } from './commands/demo.js';
import { runDistil } from './commands/distil.js';
import { runDistilPyramid } from './commands/distil-pyramid.js';
import { runDoctor } from './commands/doctor.js';
import { runEvaluate } from './commands/evaluate.js';
import { runPredict } from './commands/predict.js';
import { runSynthesize } from './commands/synthesize.js';
import { runTrain } from './commands/train.js';
import { runWeights } from './commands/weights.js';
import { lossWeights } from './distil-losses.js';
import { comparisonSize } from './measure-baselines.js';
import { nameList } from './name-list.js';
import { common, depthUnits, distillation, partsToTrainOn } from './option-groups.js';
import { positiveNumber, wholeNumber } from './option-parsers.js';
import { usageLine } from './usage-line.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** What there is to choose, by system. */
const presets = systemNames.map((name) => `${name}: ${findSystem(name).presets.join(', ')}`).join('; ');

const examples = `
Examples:
  blemish demo                                                a first look, on parts that it draws
  blemish train --good parts/good --defective parts/bad       your own parts
  blemish predict results/ast/folder/good/quick-seed0 new/    score, map and picture of new images
  blemish doctor                                              what this machine has
`;

/** The command line `blemish`: options, their texts, and which function serves which command. */
export function createProgram(): Command {
  const program = new Command('blemish')
    .description('Finds defects on industrial parts after seeing only good ones.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageLine(text, 'blemish')) })
    .addHelpText('after', examples);

  common(program.command('demo'))
    .description('draw a part, train on its pictures and scans, measure the model and show what it finds; nothing is downloaded')
    .addOption(new Option('--part <name>', 'which part').choices([...partNames]).default('gear'))
    .option('--seed <number>', 'seed of every draw', wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--out <folder>', 'where everything goes', 'results/demo')
    .option('--force', 'replace an earlier demo')
    .action(runDemo);

  depthUnits(partsToTrainOn(common(program.command('train'))))
    .description('train a model on good parts; evaluate it where there are test images')
    .addOption(new Option('--model <name>', 'which system').choices([...systemNames]).default('ast'))
    .addOption(new Option('--modality <name>', 'what it looks at (default: the preset’s)').choices([...modalities]))
    .option('--preset <name>', `its settings: ${presets} (default: quick)`)
    .option('--config <file>', 'YAML file of settings that replace the preset’s')
    .option('--train-list <file>', 'train on the images listed in this file only, one id a line')
    .option('--test-list <file>', 'test on the images listed in this file only, one id a line')
    .option('--hold-out <images>', 'good training images to keep out for choosing a threshold', wholeNumber(1, 1e6))
    .option('--backbone <name>', 'feature extractor, such as efficientnet-b4 (default without --weights: bundled, the one that comes with the packages; paper presets have their own)')
    .option('--weights <file>', 'its weights; without it those of a named backbone are downloaded once')
    .option('--teacher <file...>', 'descriptor files of blemish distil, one a receptive field, for uninformed-students (default: the bundled one)')
    .option('--seed <number>', 'seed of every draw', wholeNumber(0, 2 ** 32 - 1))
    .option('--out <folder>', 'where results go', 'results')
    .option('--run <name>', 'name of the run (default: preset and seed)')
    .option('--eval-size <pixels>', 'edge of the maps that are evaluated, none are written then (default: the ground truth’s own size)', wholeNumber(1, 65536))
    .option('--no-maps', 'write no anomaly maps')
    .option('--no-cache', 'keep no features between runs')
    .option('--resume', 'go on with an unfinished run')
    .option('--force', 'replace a finished run')
    .action(runTrain);

  depthUnits(common(program.command('evaluate')))
    .description('measure a trained model')
    .argument('<run-or-model>', 'folder of a run, or model file')
    .option('--data <folder>', 'root of a data set in the layout of MVTec AD or MVTec 3D-AD (default: the run’s own)')
    .option('--category <name>', 'folder below --data')
    .option('--test-good <folder>', 'good images')
    .option('--test-good-depth <folder>', 'their clouds or height maps')
    .option('--defective <folder>', 'defective images')
    .option('--defective-depth <folder>', 'their clouds or height maps')
    .option('--masks <folder>', 'masks of the defective images')
    .option('--test-list <file>', 'use the images listed in this file only, one id a line')
    .option('--weights <file>', 'backbone weights, where the model file leaves them out')
    .option('--eval-size <pixels>', 'edge of the maps that are evaluated, none are written then (default: the ground truth’s own size)', wholeNumber(1, 65536))
    .option('--out <folder>', 'where the result goes (default: evaluations/ beside the model)')
    .option('--no-maps', 'write no anomaly maps')
    .option('--no-cache', 'keep no features between runs')
    .option('--force', 'replace an earlier result')
    .action(runEvaluate);

  depthUnits(common(program.command('predict')))
    .description('score parts: a number, a map and a picture for each, and a coloured cloud where there is one')
    .argument('<model>', 'model file, or folder of a run')
    .argument('[image-or-folder...]', 'images, or folders of images')
    .option('--depth <file-or-folder...>', 'their clouds or height maps, of the same names')
    .option('--weights <file>', 'backbone weights, where the model file leaves them out')
    .option('--out <folder>', 'where maps and pictures go', 'predictions')
    .option('--force', 'replace earlier predictions')
    .action(runPredict);

  common(program.command('synthesize'))
    .description('draw parts with colour, cloud and exact masks, in the layout of MVTec 3D-AD')
    .requiredOption('--out <folder>', 'where they go, a folder a part')
    .option('--seed <number>', 'seed of every draw', wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--parts <names>', `which parts, divided by commas (default: ${partNames.join(',')})`, nameList(partNames))
    .option('--defects <names>', `which defects (default: ${partDefectNames.join(',')})`, nameList(partDefectNames))
    .option('--count <number>', 'good parts to train on, of each part', wholeNumber(1, 1e6), syntheticPartsDefaults.train)
    .option('--validation <number>', 'good parts to validate', wholeNumber(0, 1e6), syntheticPartsDefaults.validation)
    .option('--test-good <number>', 'good parts to test on', wholeNumber(0, 1e6), syntheticPartsDefaults.testGood)
    .option('--test-per-defect <number>', 'parts to test on, of each defect', wholeNumber(0, 1e6), syntheticPartsDefaults.testPerDefect)
    .option('--size <pixels>', 'edge of pictures and clouds', wholeNumber(64, 4096), syntheticPartsDefaults.size)
    .option('--force', 'remove an earlier set of the same parts first')
    .action(runSynthesize);

  depthUnits(partsToTrainOn(common(program.command('baselines'))))
    .description('measure what comparisons that learn nothing reach')
    .addOption(new Option('--modality <names...>', 'what is compared (default: all that the data have)').choices([...modalities]))
    .option('--size <pixels>', 'edge at which images are compared', wholeNumber(8, 4096), comparisonSize)
    .action(runBaselines);

  distillation(common(program.command('distil')), 'the descriptor file')
    .description('teach a small network what an ImageNet network says of patches, on natural images: a teacher of uninformed students')
    .addOption(new Option('--receptive-field <pixels>', 'edge of the patches').choices(['17', '33', '65']).makeOptionMandatory())
    .option('--steps <number>', 'steps (default: what 20 minutes on two cores allow)', wholeNumber(1, 1e8))
    .addOption(new Option('--third <channels>', 'channels of the third convolution for 65 (default: 128)').choices(['128', '256']))
    .option('--losses <weights>', 'what counts (default: knowledge=1,compactness=0.01)', lossWeights)
    .addOption(new Option('--compactness <kind>', 'how correlations are summed (default: squared)').choices(['signed', 'absolute', 'squared']))
    .option('--batch <patches>', 'patches a step (default: 64)', wholeNumber(2, 65536))
    .option('--learning-rate <number>', 'at the start (default: 0.001)', positiveNumber)
    .addOption(new Option('--schedule <name>', 'whether the rate falls to 0 (default: cosine)').choices(['cosine', 'constant']))
    .option('--backbone-size <pixels>', 'edge that patches are resized to for the backbone', wholeNumber(32, 224))
    .option('--min-scale <number>', 'least edge of a resized image, in patches (default: 4)', positiveNumber)
    .option('--max-scale <number>', 'largest one (default: 16)', positiveNumber)
    .addOption(new Option('--targets <kind>', 'what the network says as it is, or each value by its mean and deviation (default: normalised)').choices(['plain', 'normalised']))
    .addOption(new Option('--correlated <what>', 'between what compactness takes correlations (default: descriptors)').choices(['descriptors', 'channels']))
    .option('--half', 'write half precision: half the file')
    .action(runDistil);

  distillation(common(program.command('distil-pyramid')), 'its weights in half precision')
    .description('teach a small network the maps of an ImageNet network, on natural images: a backbone of its own')
    .addOption(new Option('--student <name>', 'the network that learns (default: resnet18_half)').choices([...resnetNames]))
    .option('--epochs <number>', 'passes over the images (default: 60)', wholeNumber(1, 1e6))
    .option('--batch <views>', 'views a step (default: 16)', wholeNumber(2, 4096))
    .option('--view <pixels>', 'edge of a view (default: 160)', wholeNumber(32, 1024))
    .option('--learning-rate <number>', 'at the start; it falls to 0 (default: 0.003)', positiveNumber)
    .action(runDistilPyramid);

  common(program.command('doctor'))
    .description('show which engines and weights are found, which are missing, and how fast this machine is')
    .action(runDoctor);

  common(program.command('weights'))
    .description('list public backbone weights, or download some')
    .argument('[name...]', 'names to download, such as efficientnet-b4')
    .action(runWeights);

  return program;
}
