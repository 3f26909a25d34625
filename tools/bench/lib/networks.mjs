// @ts-check

/**
 * What both sides of a network case are told; AST's settings otherwise, which the peer has from the specification.
 *
 * @typedef {object} NetworkSettings
 * @property {'teacher' | 'student' | 'score'} part a training step of one network, or inference of both
 * @property {'native' | 'wasm' | 'cpu'} [backend] default native
 * @property {string} preset where the rest of our configuration comes from
 * @property {number} channels of the backbone's features
 * @property {number} positions height and width of the feature map
 * @property {number} conditionChannels
 * @property {number} batch
 * @property {{hidden: number, clamp: number, kernels: readonly number[]}} teacher
 * @property {{hidden: number, blocks: number, slope: number}} student
 */

const ast = {
  positions: 24,
  conditionChannels: 32,
  batch: 8,
  teacher: { hidden: 64, clamp: 1.9, kernels: [3, 3, 3, 5] },
  student: { hidden: 1024, blocks: 4, slope: 0.01 },
};

/** Preset quick: B4's 272 channels. @param {Partial<NetworkSettings> & Pick<NetworkSettings, 'part'>} settings @returns {NetworkSettings} */
export function quickSettings(settings) {
  return { preset: 'quick', channels: 272, ...ast, ...settings };
}

/** Preset paper-3d: B5's 304 channels. @param {Partial<NetworkSettings> & Pick<NetworkSettings, 'part'>} settings @returns {NetworkSettings} */
export function paperSettings(settings) {
  return { preset: 'paper-3d', channels: 304, ...ast, ...settings };
}

/** Operations of a convolution computed directly, at one position of one image. */
const conv = (/** @type {number} */ kernel, /** @type {number} */ from, /** @type {number} */ to) => 2 * kernel * kernel * from * to;

/**
 * Operations of a repetition, of the convolutions alone, computed directly: a training step computes each three times (the
 * map, and the gradients of input and filter), but for the gradients of inputs that nothing asks for.
 *
 * @param {NetworkSettings} settings
 */
export function networkFlops({ part, channels, positions, conditionChannels, batch, teacher, student }) {
  const places = batch * positions * positions;
  const [first, second] = [Math.floor(channels / 2), Math.ceil(channels / 2)];
  const flow = teacher.kernels
    .flatMap((k) => [
      conv(k, first + conditionChannels, teacher.hidden) + conv(k, teacher.hidden, 2 * second),
      conv(k, second + conditionChannels, teacher.hidden) + conv(k, teacher.hidden, 2 * first),
    ])
    .reduce((a, b) => a + b);
  const entry = conv(3, channels + conditionChannels, student.hidden);
  const inner = 2 * student.blocks * conv(3, student.hidden, student.hidden) + conv(3, student.hidden, channels);
  if (part === 'teacher') return 3 * places * flow;
  if (part === 'student') return places * (2 * entry + 3 * inner);
  return places * (flow + entry + inner);
}
