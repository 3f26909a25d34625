import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ndarray from 'ndarray';
import { describeBackends, describeShared, expectClose, goldenArray, maxAbs, readGolden, toNhwc, withPrefix, type GoldenArray } from '@blemish-tools/jest';
import { dilate, pixelUnshuffle, resizeDepth } from '@blemish/depth';
import { disposeParams, paramsFromArrays } from '@blemish/layers';
import { isUnusedByAstStudent } from '@blemish/student';
import type { ScoredSample } from '../../detector.js';
import type { AstInput } from '../ast-input.js';
import { astDistance } from '../ast-job.js';
import { createAstNetworks } from '../ast-networks.js';
import type { AstParts } from '../ast-parts.js';
import { astScore } from '../ast-score.js';
import { resolveAstConfig } from '../resolve-ast-config.js';

// Training from the same start is held to the same numbers in `student` (golden/e2e-toy.test.ts); this is what a detector
// makes of the trained weights: inputs joined, masks, both scores and the map, as the released code has them.

const edge = 8; // positions
const config = resolveAstConfig('paper-3d', {
  positionalChannels: 8,
  depth: { size: 32, unshuffle: 4, dilate: 4 },
  teacher: { hidden: 12 },
  student: { hidden: 16 },
  score: { maxSize: 32, masking: 'official' },
});

/** Features, depth and foreground of each part of a batch, joined as the detector joins them. */
function inputs(golden: ReadonlyMap<string, GoldenArray>, batch: string): AstInput[] {
  const at = (name: string): GoldenArray => goldenArray(golden, `${batch}/${name}`);
  const [features, depth, foreground] = [at('features'), at('depth'), at('fg')];
  const count = features.shape[0] as number;
  const rgb = toNhwc(features.data as Float32Array, features.shape); // [N,8,8,12]
  return Array.from({ length: count }, (_, n) => {
    const map = ndarray(Float32Array.from(depth.data.slice(n * 1024, (n + 1) * 1024)), [32, 32]);
    const channels = pixelUnshuffle(map, 4).data; // [8,8,16]
    const grown = dilate(ndarray(Uint8Array.from(foreground.data.slice(n * 1024, (n + 1) * 1024)), [32, 32]), 4);
    const mask = resizeDepth(ndarray(Float32Array.from(grown.data), [32, 32]), [edge, edge]).data;
    const x = new Float32Array(edge * edge * 28);
    for (let p = 0; p < edge * edge; p++) {
      x.set(rgb.subarray((n * edge * edge + p) * 12, (n * edge * edge + p + 1) * 12), p * 28);
      x.set(channels.subarray(p * 16, (p + 1) * 16), p * 28 + 12);
    }
    return { x, mask, foreground: Float32Array.from(grown.data) };
  });
}

describeShared('the official chain with depth', 'golden/e2e/toy.json', (path) => {
  const toy = JSON.parse(readFileSync(path, 'utf8')) as { readonly teacher_test_scores: { readonly sample: readonly number[] } };
  const golden = readGolden(join(path, '..', 'toy.safetensors'));

  describeBackends('scored by a detector', (backend) => {
    it('gives the official scores and map', async () => {
      const networks = createAstNetworks(config, [edge, edge, 28]);
      const parts = (of: 'distance' | 'likelihood'): AstParts => ({
        config: { ...config, score: { ...config.score, of } },
        extractor: undefined,
        depth: undefined,
        shape: [edge, edge, 28],
        networks,
      });
      const weights = {
        teacher: paramsFromArrays(withPrefix(golden, 'teacher_final/'), networks.teacher.specs),
        student: paramsFromArrays(withPrefix(golden, 'student_final/'), networks.student.specs, { ignore: isUnusedByAstStudent }),
      };
      const scored = async (of: 'distance' | 'likelihood'): Promise<ScoredSample[]> => {
        const all: ScoredSample[] = [];
        for (const input of ['test/0', 'test/1'].flatMap((batch) => inputs(golden, batch))) {
          const id = String(all.length);
          all.push(astScore(parts(of), id, { ...input, distance: await astDistance(parts(of), weights, input) }, [32, 32]));
        }
        return all;
      };
      const hold = (actual: readonly number[], expected: ArrayLike<number>, label: string): void =>
        expectClose(actual, expected, { tolerance: 1e-3 * maxAbs(expected), label: `e2e combi, detector, ${label}`, backend });

      const byDistance = await scored('distance');
      hold(byDistance.map(({ scores }) => scores.mean), goldenArray(golden, 'eval/mean_score').data, 'mean scores');
      hold(byDistance.map(({ scores }) => scores.max), goldenArray(golden, 'eval/max_score').data, 'max scores');
      hold(byDistance.flatMap(({ map }) => [...map.data]), goldenArray(golden, 'eval/score_map_32x32').data, 'map');
      hold((await scored('likelihood')).map(({ scores }) => scores.mean), toy.teacher_test_scores.sample, 'teacher scores');

      disposeParams(weights.teacher);
      disposeParams(weights.student);
      networks.condition?.dispose();
    });
  });
});
