import { describeTraining } from '../describe-training.js';
import { terminalFor } from '../start.js';
import { trainModel } from '../train-model.js';
import type { TrainOptions } from '../train-options.js';

/** Trains a model and prints what came of it. */
export async function runTrain(options: TrainOptions): Promise<void> {
  const terminal = terminalFor(options);
  const trained = await trainModel(options, terminal);
  const { run, model, training, evaluation } = trained;
  const document = { run, model, training, metrics: evaluation?.metrics ?? null };
  terminal.out(options.json ? JSON.stringify(document, null, 2) : describeTraining(trained));
}
