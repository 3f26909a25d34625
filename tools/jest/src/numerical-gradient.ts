/**
 * The gradient of `loss` at `point` by central differences in float64: `(f(x + h) - f(x - h)) / 2h` value by value.
 *
 * @param loss an independent float64 version of what is tested; it must not keep its argument
 * @param step h
 */
export function numericalGradient(loss: (values: Float64Array) => number, point: ArrayLike<number>, step = 1e-5): Float64Array {
  const values = Float64Array.from(point);
  return Float64Array.from(point, (value, i) => {
    values[i] = value + step;
    const above = loss(values);
    values[i] = value - step;
    const below = loss(values);
    values[i] = value;
    return (above - below) / (2 * step);
  });
}
