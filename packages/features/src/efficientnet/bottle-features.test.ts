import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import sharp from 'sharp';
import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, describeShared, expectClose, fullSuite, maxAbs, readGolden, sharedFolder, toNchw } from '@blemish-tools/jest';
import { readWeights } from '@blemish/weights';
import { createEfficientNet } from './create-efficientnet.js';

describeShared('EfficientNet-B4 with its ImageNet weights', 'reference/bottle-features.safetensors', (path) => {
  const reference = readGolden(path);
  const file = 'weights/efficientnet-b4-imagenet-blocks0-29.safetensors';

  describeBackends(
    'block 29 of three bottles',
    (backend) => {
      it('agrees with PyTorch from the JPEG file on', async () => {
        const backbone = createEfficientNet({ variant: 'b4', taps: [29] });
        const { tensors } = readWeights(readFileSync(resolve(sharedFolder, file)), file);
        expect(backbone.select(tensors, file).leftOver).toEqual([]);
        const params = backbone.load(tensors, file);
        for (const [name, { data: expected }] of reference) {
          const { data, info } = await sharp(resolve(sharedFolder, 'data/mvtec_ad/bottle', name)).raw().toBuffer({ resolveWithObject: true });
          expect([info.height, info.width, info.channels]).toEqual([768, 768, 3]);
          const features = tf.tidy(() => {
            const image = tf.tensor4d(Float32Array.from(data, (level) => level / 255), [1, 768, 768, 3]);
            return backbone.forward(params, image)[0] as tf.Tensor4D;
          });
          const actual = toNchw(features.dataSync(), features.shape);
          features.dispose();
          expect(correlation(actual, expected as Float32Array)).toBeGreaterThan(0.9999);
          expectClose(actual, expected as Float32Array, { tolerance: 1e-5 * maxAbs(expected), label: `efficientnet B4 ${name}`, backend });
        }
        tf.dispose(params);
      }, 300_000);
    },
    fullSuite ? ['native', 'wasm'] : ['native'],
  );
});

/** Pearson's. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [sumA, sumB, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    sumA += x;
    sumB += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const n = a.length;
  return (ab - (sumA * sumB) / n) / Math.sqrt((aa - (sumA * sumA) / n) * (bb - (sumB * sumB) / n));
}
