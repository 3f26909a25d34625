import * as tf from '@tensorflow/tfjs-core';

/**
 * How fast the current backend multiplies matrices, in GFLOP/s (10^9 multiplications and additions a second): the best of
 * three products of square matrices, whose size grows until one takes a twentieth of a second. Takes about a second.
 */
export async function measureGflops(): Promise<number> {
  for (let size = 256; ; size *= 2) {
    const a = tf.tidy(() => tf.reshape(tf.linspace(-1, 1, size * size), [size, size]));
    // The first product also pays for the kernel's preparation.
    await product(a);
    const seconds = Math.min(await product(a), await product(a), await product(a));
    a.dispose();
    if (seconds > 0.05 || size === 4096) return (2 * size ** 3) / seconds / 1e9;
  }
}

/** Seconds of one product, from the call to the last value read. */
async function product(a: tf.Tensor): Promise<number> {
  const begin = performance.now();
  const c = tf.matMul(a, a);
  // One value is enough to wait for all, and reading them would cost more than some products do.
  const one = tf.slice(c, [0, 0], [1, 1]);
  await one.data();
  const seconds = (performance.now() - begin) / 1000;
  tf.dispose([c, one]);
  return seconds;
}
