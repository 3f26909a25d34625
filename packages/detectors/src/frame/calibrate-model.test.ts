import { createMemoryStore } from '../memory-store.js';
import { squareSource } from '../testing/tiny-ast.js';
import { calibrated } from './calibrate-model.js';
import type { DetectorParts } from './detector-parts.js';

/** Parts whose maps are of one value each, an image's number; which of them were asked for heat. */
function partsThatTell(): { readonly parts: DetectorParts<number>; readonly asked: number[] } {
  const asked: number[] = [];
  const told: Partial<DetectorParts<number>> = {
    config: { kind: 'told', preset: 'none', seed: 0, modality: 'rgb', batch: 1, score: { reduction: 'max' }, falseAlarms: 0.05 },
    pixels: 1,
    networks: {},
    rawTask: () => ({ prepare: (index) => Promise.resolve({ value: index }), work: () => Promise.reject(new Error('no work')) }),
    score: (id, raw) => ({ id, score: raw, scores: { mean: raw, max: raw } }) as ReturnType<DetectorParts['score']>,
    heatOf: (raw) => (asked.push(raw), Float32Array.of(raw)),
  };
  return { parts: told as DetectorParts<number>, asked };
}

it.each([[100, undefined], [10, 200], [10, 7]])('keeps the maps of at most 64 images: %j trained on, %j kept out', async (count, kept) => {
  const { parts, asked } = partsThatTell();
  const validation = kept === undefined ? {} : { validation: squareSource(kept) };
  const { threshold, heatScale } = await calibrated(parts, {}, squareSource(count), { store: createMemoryStore(), ...validation }, null);
  const [source, used] = [kept ?? count, Math.min(64, kept ?? count)];
  expect(asked).toEqual(Array.from({ length: used }, (_, i) => Math.floor((i * source) / used)));
  expect(heatScale.from).toContain(`${used} good images`);
  expect(threshold?.images).toBe(kept); // all of them
});
