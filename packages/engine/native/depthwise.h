// Depthwise convolutions of one row of a panel of channels.
// Included once for each instruction set, inside its namespace (see isa.h).

// Notation: K, S: filter's side, step; T: outputs that are made side by side; `width`: channels of a panel, from one
// position to the next.

// With twice as many the sums, the inputs and a filter's value fill the registers: slower by a fifth.
constexpr int sideBySide = 4;

// y[0..T] = swish(bias + filter * rows) for one vector of channels; returns the sum of y.
// rows: where the windows of the first output begin; filter: [K,K,width].
template <int K, int S, int T>
inline Vec depthwiseTile(const float* const rows[K], long at, long width, const float* filter, Vec bias, float* y) {
  constexpr int columns = (T - 1) * S + K;
  Vec sums[T];
#pragma GCC unroll 8
  for (int t = 0; t < T; t++) sums[t] = bias;
#pragma GCC unroll 5
  for (int i = 0; i < K; i++) {
    const float* row = rows[i] + at;
    Vec x[columns];
#pragma GCC unroll 20
    for (int j = 0; j < columns; j++) x[j] = load(row + j * width);
#pragma GCC unroll 5
    for (int j = 0; j < K; j++) {
      const Vec f = load(filter + (i * K + j) * width);
#pragma GCC unroll 8
      for (int t = 0; t < T; t++) sums[t] += f * x[t * S + j];
    }
  }
#pragma GCC unroll 8
  for (int t = 0; t < T; t++) {
    sums[t] = swish(sums[t]);
    store(y + t * width, sums[t]);
  }
#pragma GCC unroll 4
  for (int step = 1; step < T; step *= 2) {
#pragma GCC unroll 8
    for (int t = 0; t + step < T; t += 2 * step) sums[t] += sums[t + step];
  }
  return sums[0];
}

// Outputs x..x+T of all channels of the panel; their sums are added to `sums`.
template <int K, int S, int T>
inline void depthwiseTiles(const float* const rows[K], long x, long width, const float* filter, const float* bias, float* y, float* sums) {
  for (long j = 0; j < width; j += W) {
    const Vec sum = depthwiseTile<K, S, T>(rows, x * S * width + j, width, filter + j, load(bias + j), y + x * width + j);
    store(sums + j, load(sums + j) + sum);
  }
}

// One row of outputs [outW][width], and its sums over the row [width]. rows: [K] of at least (outW-1)*S+K positions.
template <int K, int S>
void depthwiseRow(const float* const rows[K], long outW, long width, const float* filter, const float* bias, float* y, float* sums) {
  for (long j = 0; j < width; j += W) store(sums + j, Vec{});
  long x = 0;
  for (; x + sideBySide <= outW; x += sideBySide) depthwiseTiles<K, S, sideBySide>(rows, x, width, filter, bias, y, sums);
  for (; x < outW; x++) depthwiseTiles<K, S, 1>(rows, x, width, filter, bias, y, sums);
}
