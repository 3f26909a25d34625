import type { AstParts } from './ast-parts.js';

/** One part as both networks take it. */
export interface AstInput {
  /** The backbone's features, then the depth map's channels, `[h,w,C]`. */
  readonly x: Float32Array;
  /** Weight of each position `[h*w]`; absent where all weigh 1. */
  readonly mask?: Float32Array;
  /** 1 on the foreground, 0 elsewhere, `[s*s]` with the depth encoder's size; absent where all is foreground. */
  readonly foreground?: Float32Array;
}

/** What an input is joined from. */
export interface InputParts {
  /** The backbone's features `[h,w,C]`. */
  readonly features?: Float32Array | undefined;
  /** The depth encoder's record. */
  readonly depth?: Float32Array | undefined;
}

/** Joins the parts that a configuration asks for. */
export function joinInput({ config, depth: encoder, shape }: Pick<AstParts, 'config' | 'depth' | 'shape'>, { features, depth }: InputParts): AstInput {
  if (encoder === undefined || depth === undefined) {
    if (features === undefined) throw new Error('ast: expected features or depth, got neither');
    return { x: features };
  }
  const { channels, mask, foreground } = encoder.parts(depth);
  const x = features === undefined ? channels : joinChannels(features, channels, shape[0] * shape[1]);
  return config.depth?.mask === true ? { x, mask, foreground } : { x };
}

/** Channels of `a`, then of `b`, at every position: `[h,w,A]` and `[h,w,B]` to `[h,w,A+B]`. */
function joinChannels(a: Float32Array, b: Float32Array, positions: number): Float32Array {
  const [first, second] = [a.length / positions, b.length / positions];
  const joined = new Float32Array(a.length + b.length);
  for (let p = 0; p < positions; p++) {
    const at = p * (first + second);
    joined.set(a.subarray(p * first, (p + 1) * first), at);
    joined.set(b.subarray(p * second, (p + 1) * second), at + first);
  }
  return joined;
}
