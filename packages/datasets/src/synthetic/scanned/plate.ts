import { lattice, valueNoise } from '../value-noise.js';
import { lettering } from './lettering.js';
import type { PartModel } from './part-model.js';
import { inBox, length, ramp } from './shapes.js';

const { abs, floor, max, min } = Math;

const embossed = lettering('B7');
const stamped = lettering('BLEMISH 07');
/** Edges of a cell of the embossing, of the stamp and of the code. */
const [embossedCell, stampedCell, codeCell] = [2.6, 1.15, 1.3];
const codeSeed = 0x51ab;

/**
 * A milled aluminium plate of 110 x 76 mm, 16 mm thick: four countersunk bolt holes, two long ribs and a cross rib 4 mm high, a
 * bore in a boss, letters embossed 1.2 mm high, a stamped name and a dark code of 10 x 10 cells.
 */
export const plate: PartModel = {
  key: 1,
  radius: 68,
  distance: 400,
  view: 152,
  turn: 0.0699, // 8 degrees
  ink: [0.045, 0.045, 0.05],
  printed: [[45, 0], [-14, 28], [0, 28], [14, 28]],

  height(u, v) {
    const body = inBox(u, v, 55, 38, 8);
    if (body <= 0) return 0;
    const bolt = length(abs(u) - 44, abs(v) - 28) - 4;
    const boss = length(u - 16, v);
    const solid = min(ramp(body / 0.6), ramp(bolt / 0.6), ramp((boss - 6) / 0.6));
    if (solid === 0) return 0;
    const ribs = max(inBox(u, abs(v) - 16, 36, 3.4, 3), inBox(u + 9, v, 3.2, 16, 1));
    const raised = max(4 * ramp(ribs / 2.4), 3 * ramp((11 - boss) / 1.6));
    const letters = 1.2 * ramp((embossed.at((u + 32) / embossedCell, (v + 6.5) / embossedCell) - 0.25) * 2);
    const sunk = 2.2 * (1 - ramp(bolt / 3)) + 1.2 * (1 - ramp(body / 1.6));
    return (16 + max(raised, letters) - sunk) * solid;
  },

  paint(u, v, texture, paint) {
    const milled = valueNoise(texture, u * 0.1, v * 2.6) - 0.5;
    const cast = valueNoise(texture ^ 1, u * 0.07, v * 0.07) - 0.5;
    const grain = valueNoise(texture ^ 2, u * 1.7, v * 1.7) - 0.5;
    const light = 1 + 0.16 * milled + 0.2 * cast + 0.12 * grain;
    paint.red = 0.43 * light;
    paint.green = 0.44 * light;
    paint.blue = 0.46 * light;
    paint.gloss = 0.22 + 0.1 * milled;
  },

  print(u, v) {
    const [column, row] = [floor((u - 38.5) / codeCell), floor((v + 6.5) / codeCell)];
    if (column >= 0 && column < 10 && row >= 0 && row < 10) {
      // An L of full cells and a broken border, as on codes for machines.
      if (column === 0 || row === 9) return 1;
      if (column === 9 || row === 0) return (column + row) % 2;
      return lattice(codeSeed, column, row) < 0.5 ? 1 : 0;
    }
    return ramp((stamped.at(u / stampedCell + stamped.width / 2, (v - 25) / stampedCell) - 0.3) * 2.5);
  },
};
