import * as tf from '@tensorflow/tfjs-core';
import { foldResNet, hashWeights, resnetArchitecture, type Backbone, type NamedWeights } from '@blemish/features';
import { convSpecs, conv2d, cosineRate, createAdam, createRandom, getParam, paramsToArrays, type Params, type ParamSpecs } from '@blemish/layers';
import { createPyramidStudent, type PyramidStudent } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import type { EpochLoss, FitProgress } from '../detector.js';
import { fewAtATime } from '../distil/few-at-a-time.js';
import { createImageMemory } from '../distil/image-memory.js';
import { engineName } from '../engine-name.js';
import { runFit, type FitSession } from '../frame/fit-session.js';
import { disposeNetworks } from '../frame/networks.js';
import { phaseStart } from '../frame/train-epochs.js';
import { trainNetwork } from '../frame/train-network.js';
import { createMemoryStore } from '../memory-store.js';
import type { SampleSource } from '../sample.js';
import { measureLevels, type Views } from './measure-levels.js';
import type { PyramidDistilConfig } from './pyramid-distil-config.js';
import { randomView } from './random-view.js';

// Notation, for one level: t: the backbone's map; m, d: its channels' mean and deviation over views; s: the student's map;
// W: a convolution of 1x1 that is thrown away afterwards. The loss is the mean of (W s - (t - m) / d)², summed over levels.

/** What is distilled from what, and what is told meanwhile. */
export interface PyramidDistilOptions {
  readonly config: PyramidDistilConfig;
  /** Natural images, at their own size. */
  readonly samples: SampleSource;
  /** The network to learn from, tapped at the configuration's levels. */
  readonly backbone: Backbone;
  readonly weights: NamedWeights;
  /** What errors call the weights. */
  readonly weightsSource?: string | undefined;
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
  /** Takes a checkpoint, and the losses so far: once views are measured, every `checkpointSeconds`, and when the signal stops the run. */
  readonly onCheckpoint?: ((bytes: Uint8Array, losses: readonly EpochLoss[]) => Promise<void>) | undefined;
  /** Default 30. */
  readonly checkpointSeconds?: number | undefined;
  /** A checkpoint to go on from, with the same bits as a run that was never stopped. */
  readonly resumeFrom?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A finished distillation. */
export interface DistilledPyramid {
  /** The student's weights by torchvision's names, the normalisations folded into the convolutions. */
  readonly weights: NamedWeights;
  /** Where the weights come from, for their file. */
  readonly provenance: Readonly<Record<string, string | number>>;
  readonly losses: readonly EpochLoss[];
  readonly seconds: number;
}

/** What is found before anything is learned, and what learns: the names of checkpoints' phases. */
const [measuring, learning] = ['measure', 'pyramid'] as const;

/**
 * Distils a network that gives, at each level, all that a backbone's map holds up to a linear map of channels.
 *
 * @throws Error without images, for weights of another network, a loss that is not finite, a checkpoint of another run; the
 *   signal's reason
 */
export async function distilPyramid({ config, samples, backbone, weights, weightsSource, resumeFrom, onProgress, onCheckpoint, checkpointSeconds, signal }: PyramidDistilOptions): Promise<DistilledPyramid> {
  const student = createPyramidStudent({ variant: config.student, levels: config.levels });
  const hash = await hashWeights(backbone.select(weights, weightsSource).weights);
  const plan = {
    config: { ...config, teacher: `${backbone.name} ${hash}` },
    networks: { student: { ...student.specs, ...headSpecs(student, backbone) }, teacherScale: scaleSpecs(backbone) },
    phases: [{ name: measuring, holds: ['student'] }, { name: learning, holds: ['student', 'teacherScale'] }],
  };
  const images = createImageMemory(samples, 2 ** 30);
  const random = createRandom(config.seed).derive('views');
  const views: Views = (chosen, at) => fewAtATime(chosen, async (image) => randomView(await images.get(image), config, random.derive(at).derive(image)));
  let losses: readonly EpochLoss[] = []; // the session's, as it goes on
  // The signal is not given to the session: stopped while it opens, it would leave nothing to go on from.
  const options = {
    store: createMemoryStore(),
    ...(resumeFrom && { resumeFrom }),
    ...(onProgress && { onProgress }),
    ...(onCheckpoint && { onCheckpoint: (bytes: Uint8Array) => onCheckpoint(bytes, [...losses]) }),
    ...(checkpointSeconds !== undefined && { checkpointSeconds }),
  };
  const teacher = backbone.load(weights, weightsSource);
  try {
    const { weights: learned, report } = await runFit(plan, samples, options, async (opened) => {
      const session = signal === undefined ? opened : { ...opened, options: { ...opened.options, signal } };
      losses = session.losses;
      if (!session.isResumed(learning)) {
        await measureLevels({ config, backbone, teacher, samples, views, signal }, session.weights['teacherScale'] ?? {});
        await session.checkpoint(signal?.aborted === true ? measuring : learning, phaseStart);
      }
      signal?.throwIfAborted();
      await session.timed(learning, () => train(config, student, backbone, teacher, session, views));
      return [];
    });
    try {
      const trained = foldResNet(await paramsToArrays(learned['student'] ?? {}, student.specs), resnetArchitecture(config.student, config.levels.at(-1)));
      const provenance = { images: samples.length, backbone: backbone.name, backboneHash: hash, config: JSON.stringify(config), engine: engineName() };
      return { weights: trained, provenance, losses: report.losses, seconds: report.seconds[learning] ?? 0 };
    } finally {
      disposeNetworks(learned);
    }
  } finally {
    tf.dispose(teacher);
  }
}

function train(config: PyramidDistilConfig, student: PyramidStudent, backbone: Backbone, teacher: Params, session: FitSession, views: Views): Promise<void> {
  const params = session.weights['student'] ?? {};
  const scale = session.weights['teacherScale'] ?? {};
  const { batch, epochs, learningRate, l2 } = config;
  const total = epochs * Math.max(1, Math.floor(session.samples.length / batch));
  return trainNetwork({
    session,
    phase: learning,
    seed: config.seed,
    optimizer: createAdam({ learningRate: cosineRate(learningRate, total), l2 }),
    specs: { ...student.specs, ...headSpecs(student, backbone) },
    params,
    epochs,
    read: (chosen, step) => views(Array.from(chosen), step),
    async step(learner, rows) {
      const x = batchTensor(rows, [config.view, config.view, 3]); // [N,v,v,3]
      let targets: readonly tf.Tensor4D[] = [];
      try {
        targets = tf.tidy(() => backbone.forward(teacher, x).map((map, i) => scaled(map, scale, i))); // [N,h,w,C] each
        return await learner.step(() => {
          const { levels, buffers } = student.apply(params, x, { training: true });
          const losses = levels.map((map, i) => tf.mean<tf.Scalar>(tf.squaredDifference(conv2d(map, params, `head${i}`), targets[i] as tf.Tensor4D)));
          return { loss: tf.addN(losses), buffers };
        });
      } finally {
        tf.dispose([x, ...targets]);
      }
    },
  });
}

function scaled(map: tf.Tensor4D, scale: Params, level: number): tf.Tensor4D {
  return tf.div<tf.Tensor4D>(tf.sub(map, getParam(scale, `mean${level}`)), getParam(scale, `deviation${level}`));
}

/** For each level a convolution of 1x1 from the student's channels to the backbone's. */
function headSpecs(student: PyramidStudent, backbone: Backbone): ParamSpecs {
  return Object.assign({}, ...student.taps.map(({ channels }, i) => convSpecs(`head${i}`, 1, channels, backbone.spec.taps[i]?.channels ?? 0))) as ParamSpecs;
}

function scaleSpecs({ spec }: Backbone): ParamSpecs {
  return Object.fromEntries(
    spec.taps.flatMap(({ channels }, i) =>
      [`mean${i}`, `deviation${i}`].map((name) => [name, { shape: [channels], layout: 'plain', trainable: false, initial: name.startsWith('mean') ? 0 : 1 } as const] as const),
    ),
  );
}
