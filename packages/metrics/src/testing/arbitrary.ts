import fc from 'fast-check';
import type { LabelledMap } from '../labelled-map.js';

/** Scores and labels of 2 to 40 images, both classes there; `levels` distinct scores at most, so that many are tied. */
export function labelledScores(levels: number): fc.Arbitrary<{ scores: number[]; labels: number[] }> {
  return fc
    .array(fc.record({ score: fc.integer({ min: -levels, max: levels }), label: fc.integer({ min: 0, max: 1 }) }), { minLength: 2, maxLength: 40 })
    .map((rows) => ({ scores: rows.map(({ score }) => score / 4), labels: rows.map(({ label }) => label) }))
    .filter(({ labels }) => labels.includes(0) && labels.includes(1));
}

/** One to three maps of up to 6 x 7 pixels with tied scores, in float32 or float64; a defect and a good pixel somewhere. */
export function labelledMaps(): fc.Arbitrary<LabelledMap[]> {
  const one = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 7 }), fc.boolean()).chain(([height, width, single]) =>
    fc
      .array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 2 })), { minLength: height * width, maxLength: height * width })
      .map((pixels): LabelledMap => {
        const values = pixels.map(([level]) => level / 8);
        const mask = Uint8Array.from(pixels, ([, inside]) => (inside === 2 ? 255 : 0));
        return { map: single ? Float32Array.from(values) : Float64Array.from(values), mask, shape: [height, width] };
      }),
  );
  return fc
    .array(one, { minLength: 1, maxLength: 3 })
    .filter((images) => images.some(({ mask }) => mask.includes(255)) && images.some(({ mask }) => mask.includes(0)));
}
