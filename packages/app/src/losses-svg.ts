/** One line of the picture: what it shows, and its points. */
export interface LossLine {
  readonly name: string;
  /** Abscissa and value; values that a logarithm does not take are left out. */
  readonly points: readonly (readonly [number, number])[];
}

const [width, height] = [720, 400];
const frame = { left: 64, right: 150, top: 20, bottom: 44 };
const colours = ['#1f6feb', '#d1242f', '#2da44e', '#8250df'];

/**
 * Loss curves as an SVG picture, values on a logarithmic scale.
 *
 * @param across what the abscissa counts, such as `steps`
 */
export function lossesSvg(lines: readonly LossLine[], across: string): string {
  const shown = lines.map(({ name, points }) => ({ name, points: points.filter(([, value]) => value > 0 && Number.isFinite(value)) })).filter(({ points }) => points.length > 0);
  const all = shown.flatMap(({ points }) => points);
  const last = Math.max(1, ...all.map(([x]) => x));
  const exponents = all.map(([, value]) => Math.log10(value));
  const lowest = exponents.length === 0 ? 0 : Math.floor(Math.min(...exponents));
  const highest = Math.max(lowest + 1, Math.ceil(Math.max(lowest, ...exponents)));

  const [right, bottom] = [width - frame.right, height - frame.bottom];
  const xOf = (x: number): string => (frame.left + (x / last) * (right - frame.left)).toFixed(1);
  const yOf = (exponent: number): string => (bottom - ((exponent - lowest) / (highest - lowest)) * (bottom - frame.top)).toFixed(1);
  const decades = Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);
  const ticks = Array.from({ length: 5 }, (_, i) => Math.round((last * i) / 4));

  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...decades.flatMap((e) => [
      `<line x1="${frame.left}" y1="${yOf(e)}" x2="${right}" y2="${yOf(e)}" stroke="#d0d7de"/>`,
      `<text x="${frame.left - 8}" y="${yOf(e)}" text-anchor="end" dominant-baseline="middle">${e < -3 || e > 4 ? `1e${e}` : String(Number((10 ** e).toPrecision(1)))}</text>`,
    ]),
    ...ticks.map((x) => `<text x="${xOf(x)}" y="${bottom + 18}" text-anchor="middle">${x}</text>`),
    `<text x="${(frame.left + right) / 2}" y="${height - 8}" text-anchor="middle">${escapeText(across)}</text>`,
    `<path d="M${frame.left} ${frame.top}V${bottom}H${right}" fill="none" stroke="black"/>`,
    ...shown.flatMap(({ name, points }, i) => {
      const colour = colours[i % colours.length] as string;
      const at = frame.top + 10 + 20 * i;
      const path = points.map(([x, value]) => `${xOf(x)},${yOf(Math.log10(value))}`).join(' ');
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
        `<line x1="${right + 12}" y1="${at}" x2="${right + 34}" y2="${at}" stroke="${colour}" stroke-width="3"/>`,
        `<text x="${right + 40}" y="${at}" dominant-baseline="middle">${escapeText(name)}</text>`,
      ];
    }),
    '</svg>',
  ].join('\n')}\n`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
