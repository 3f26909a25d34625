import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  checkpointWriter,
  describeBackends,
  describeShared,
  expectClose,
  goldenArray,
  maxAbs,
  officialCheckpoint,
  readGolden,
  toNchw,
  toNhwc,
  type GoldenArray,
  type OfficialModel,
} from '@blemish-tools/jest';
import type { NamedWeights } from '@blemish/features';
import { convSubNetwork, createConditionalFlow, numpyPermutation } from '@blemish/flow';
import { disposeParams, paramsFromArrays } from '@blemish/layers';
import { createAstStudent, isUnusedByAstStudent } from '@blemish/student';
import { readWeights } from '@blemish/weights';

describeShared(`checkpoints of the official code, written by ${checkpointWriter}`, 'golden', (golden) => {
  describe.each(['zip', 'legacy'] as const)('in the %s container', (container) => {
    const read = (model: OfficialModel): NamedWeights => {
      const { bytes, name } = officialCheckpoint(golden, model, container);
      return readWeights(bytes, name).tensors;
    };

    describeBackends('the networks', (backend) => {
      it('give the teacher’s golden output', () => {
        const arrays = readGolden(join(golden, 'flow/small_24_cond.safetensors'));
        const flow = createConditionalFlow({
          channels: 24,
          conditionChannels: 8,
          clamp: 1.9,
          permutations: [0, 1, 2, 3].map((k) => numpyPermutation(k, 24)),
          subNetworks: [3, 3, 3, 5].map((kernel) => convSubNetwork({ hidden: 16, kernel })),
        });
        const params = paramsFromArrays(read('teacher'), flow.specs);
        const z = tf.tidy(() => flow.forward(params, nhwc(goldenArray(arrays, 'x')), nhwc(goldenArray(arrays, 'cond'))).z);
        const want = goldenArray(arrays, 'z').data;
        expectClose(toNchw(z.dataSync(), z.shape), want, { tolerance: 1e-5 * maxAbs(want), label: 'official teacher, .pth', backend });
        z.dispose();
        disposeParams(params);
      });

      it('give the student’s golden output', () => {
        const arrays = readGolden(join(golden, 'student/small.safetensors'));
        const student = createAstStudent({ channels: 24, conditionChannels: 8, hidden: 32, blocks: 4 });
        const params = paramsFromArrays(read('student'), student.specs, { ignore: isUnusedByAstStudent });
        const inputs = [nhwc(goldenArray(arrays, 'x')), nhwc(goldenArray(arrays, 'cond'))] as const;
        const { y } = student.apply(params, ...inputs, { training: false });
        const want = goldenArray(arrays, 'eval/y').data;
        expectClose(toNchw(y.dataSync(), y.shape), want, { tolerance: 1e-5 * maxAbs(want), label: 'official student, .pth', backend });
        tf.dispose([y, ...inputs]);
        disposeParams(params);
      });
    });
  });
});

function nhwc({ data, shape }: GoldenArray): tf.Tensor4D {
  const [n, c, h, w] = shape as [number, number, number, number];
  return tf.tensor4d(toNhwc(data, shape), [n, h, w, c]);
}
