const unit = Float32Array.from({ length: 256 }, (_, level) => level / 255);

/**
 * Levels 0..255 as numbers in [0,1], the input of networks: for each the float32 nearest to level / 255, as NumPy's and
 * PyTorch's float32 division gives it.
 *
 * @param target where they go, one for each level; new memory where absent
 * @returns `target`
 */
export function unitRange(levels: Uint8Array, target: Float32Array = new Float32Array(levels.length)): Float32Array {
  if (target.length !== levels.length) throw new Error(`unitRange: expected room for ${levels.length} values, got ${target.length}`);
  for (let i = 0; i < target.length; i++) target[i] = unit[levels[i] as number] as number;
  return target;
}
