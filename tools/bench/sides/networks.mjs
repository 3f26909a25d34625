// @ts-check
// A training step of AST's teacher or student, or inference of both, as the detector does it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startEngine } from '@blemish/engine/node';
import { likelihoodPerPosition } from '@blemish/flow';
import { createAdam, createRandom, paramsFromArrays, paramsToArrays, pickParams, trainableNames, valueAndGrads } from '@blemish/layers';
import { distancePerPosition } from '@blemish/student';
import { readSafetensors, writeSafetensors } from '@blemish/weights';
// The detector's own, by path: what is timed is what it runs.
import { createAstNetworks } from '../../../packages/detectors/dist/ast/ast-networks.js';
import { createLearner } from '../../../packages/detectors/dist/frame/learner.js';
import { resolveAstConfig } from '@blemish/detectors';
import { serve, settings as readSettings } from '../lib/worker.mjs';

/** @type {import('../lib/networks.mjs').NetworkSettings} */
const settings = readSettings();
const { part, channels, positions, batch } = settings;
const config = resolveAstConfig(settings.preset, { teacher: settings.teacher, student: settings.student });

/** @type {ReturnType<typeof createAstNetworks>} */
let networks;
const parts = part === 'score' ? /** @type {const} */ (['teacher', 'student']) : [part];

/** @type {ReadonlyMap<string, import('@blemish/weights').WeightArray>} */
let inputs;
/** @type {tf.Tensor4D} */
let x;
/** @type {tf.Tensor4D} the teacher's outputs that the student learns */
let z;
/** @type {Record<string, import('@blemish/layers').Params>} */
let weights = {};
/** @type {ReturnType<typeof createLearner> | undefined} */
let learner;

/** Weights as after some training: gamma and running statistics away from 0 and 1, where whole terms would vanish. */
async function writeInputs(/** @type {string} */ file) {
  const random = createRandom(7);
  /** @type {[string, import('@blemish/weights').WeightArray][]} */
  const tensors = [];
  for (const name of parts) {
    const params = networks[name].init(random.derive(name));
    for (const [key, array] of await paramsToArrays(params, networks[name].specs)) {
      const draw = (/** @type {number} */ low, /** @type {number} */ high) => random.derive(`${name}/${key}`).uniform(low, high, array.data.length);
      const data = key.endsWith('gamma') ? draw(0.3, 0.6) : key.endsWith('running_var') ? draw(0.5, 1.5) : key.endsWith('running_mean') ? draw(-0.1, 0.1) : array.data;
      tensors.push([`${name}/${key}`, { ...array, data }]);
    }
    tf.dispose(params);
  }
  const shape = [batch, positions, positions, channels]; // NHWC: the peer turns it
  for (const name of ['x', 'z']) tensors.push([name, { dtype: 'F32', shape, data: random.derive(name).uniform(-1, 1, shape.reduce((a, b) => a * b)) }]);
  writeFileSync(file, writeSafetensors(tensors));
}

function load() {
  for (const name of parts) {
    tf.dispose(weights[name] ?? []);
    const own = [...inputs].filter(([key]) => key.startsWith(`${name}/`)).map(([key, array]) => /** @type {const} */ ([key.slice(name.length + 1), array]));
    weights[name] = paramsFromArrays(own, networks[name].specs);
  }
  learner?.dispose();
  learner = part === 'score' ? undefined : createLearner(weights[part] ?? {}, networks[part].specs, createAdam(config.optimizer), undefined);
}

function loss() {
  const { teacher, student, condition } = networks;
  if (part === 'teacher') {
    const { z: output, logAbsDet } = teacher.forward(weights['teacher'] ?? {}, x, condition);
    return /** @type {tf.Scalar} */ (tf.mean(likelihoodPerPosition(output, logAbsDet)));
  }
  const { y, buffers } = student.apply(weights['student'] ?? {}, x, condition, { training: true });
  return { loss: /** @type {tf.Scalar} */ (tf.mean(distancePerPosition(z, y, { reduction: config.distance }))), buffers };
}

function infer() {
  const { teacher, student, condition } = networks;
  return tf.tidy(() => {
    const { z: output, logAbsDet } = teacher.forward(weights['teacher'] ?? {}, x, condition);
    const { y } = student.apply(weights['student'] ?? {}, x, condition, { training: false });
    return { z: output, logAbsDet, y, distance: distancePerPosition(output, y, { reduction: config.distance }) };
  });
}

await serve({
  async prepare(folder) {
    const { version } = await startEngine({ backend: settings.backend ?? 'native' });
    networks = createAstNetworks(config, [positions, positions, channels]);
    const file = join(folder, 'inputs.safetensors');
    if (!existsSync(file)) await writeInputs(file);
    inputs = readSafetensors(readFileSync(file), file).tensors;
    const tensor = (/** @type {string} */ name) =>
      tf.tensor4d(/** @type {Float32Array} */ (inputs.get(name)?.data), [batch, positions, positions, channels]);
    [x, z] = [tensor('x'), tensor('z')];
    load();
    inputs = new Map(); // its memory is not part of the work
    return { versions: { 'TensorFlow.js': version.replace('TensorFlow.js ', '') } };
  },

  async run() {
    if (learner) return void (await learner.step(loss));
    const result = infer();
    await result.distance.data();
    tf.dispose(/** @type {tf.TensorContainer} */ (result));
  },

  async outputs(file) {
    /** @type {[string, import('@blemish/weights').WeightArray][]} */
    const tensors = [];
    if (!learner) {
      for (const [name, tensor] of Object.entries(infer())) {
        tensors.push([name, { dtype: 'F32', shape: tensor.shape, data: Float32Array.from(await tensor.data()) }]);
      }
    } else {
      const own = /** @type {'teacher' | 'student'} */ (part);
      const { specs } = networks[own];
      const names = trainableNames(specs);
      const trained = Object.fromEntries(names.map((name) => [name, /** @type {import('@blemish/layers').ParamSpec} */ (specs[name])]));
      const before = await paramsToArrays(weights[own] ?? {}, specs);
      const { grads, ...rest } = valueAndGrads(loss, pickParams(weights[own] ?? {}, names));
      for (const [name, array] of await paramsToArrays(grads, trained)) tensors.push([`grad/${name}`, array]);
      tf.dispose([grads, rest]);
      const value = await learner.step(loss);
      tensors.push(['loss', { dtype: 'F32', shape: [1], data: Float32Array.of(value) }]);
      for (const [name, array] of await paramsToArrays(weights[own] ?? {}, specs)) {
        if (!names.includes(name)) tensors.push([`buffer/${name}`, array]);
        else {
          const old = /** @type {Float32Array} */ (before.get(name)?.data);
          tensors.push([`update/${name}`, { ...array, data: array.data.map((value, i) => value - Number(old[i])) }]);
        }
      }
    }
    writeFileSync(file, writeSafetensors(tensors));
  },
});
