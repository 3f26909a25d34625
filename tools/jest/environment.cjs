const { TestEnvironment } = require('jest-environment-node');

/**
 * Node's environment with the main realm's typed arrays: jest runs tests in a context of its own, and an array that a
 * native addon (TensorFlow, sharp) returns is otherwise no `instanceof Float32Array` there.
 */
// Tests see a copy of process.env; the native engine's library reads the real one.
process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const type of [
      ArrayBuffer, SharedArrayBuffer, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array,
      Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array, BigInt64Array, BigUint64Array,
    ]) {
      this.global[type.name] = type;
    }
  }
};
