// 1x1 convolutions: products of positions by channels with small matrices.
// Included once for each instruction set, inside its namespace (see isa.h).

// Notation: C[M,N] = A[M,K] B[K,N]: M positions, K channels in, N channels out.
// Channels stand in panels of `width` values, panel after panel: A as [K/width][M][width], B as [N/width][K][width], so
// that a tile reads and writes whole vectors, one after another.

// Rows of a tile of NV vectors: all registers that are not needed for B and A.
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int accumulators = 24;
#else
constexpr int accumulators = 12;
#endif
// Rows that C and panels of A have a multiple of: of the rows of tiles of 2 and of 3 vectors.
constexpr long rowStep = accumulators;

// C[0..accumulators/NV, 0..NV*W] (+)= A B, where A has `panels` panels of K channels each, its rows are `rowA` apart and
// its panels `panelA`. The second tile below is asked for on the way: A comes from afar, in steps that no processor foresees.
template <int NV, bool Accumulate>
inline void pointwiseTile(long panels, long K, const float* A, long rowA, long panelA, const float* B, float* C, long rowC) {
  constexpr int rows = accumulators / NV;
  Vec c[rows][NV];
#pragma GCC unroll 16
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NV; j++) c[i][j] = Accumulate ? load(C + i * rowC + j * W) : Vec{};
  for (long q = 0; q < panels; q++) {
    const float* a = A + q * panelA;
    for (long k = 0; k < K; k++, B += NV * W) {
      __builtin_prefetch(a + 2 * rows * rowA + k * 16);
      Vec b[NV];
#pragma GCC unroll 4
      for (int j = 0; j < NV; j++) b[j] = load(B + j * W);
#pragma GCC unroll 16
      for (int i = 0; i < rows; i++) {
#pragma GCC unroll 4
        for (int j = 0; j < NV; j++) c[i][j] += a[i * rowA + k] * b[j];
      }
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NV; j++) store(C + i * rowC + j * W, c[i][j]);
}

// Vectors of panel `index` of N channels: 2, and 3 in the last where their number is odd.
struct Panels {
  long vectors, count;
  explicit Panels(long channels) : vectors((channels + W - 1) / W), count(vectors < 2 ? 1 : vectors / 2) {}
  int vectorsOf(long index) const { return index == count - 1 && vectors > 1 && vectors % 2 == 1 ? 3 : 2; }
  long width() const { return (vectors < 2 ? 2 : vectors) * W; }
};

// Rows k..k+count of B[K,N], each times its `gate`, to [panels][depth][width]; rows from K on are zeros.
inline void packGatedRows(const float* B, long K, long N, const float* gate, long k, long count, long depth, float* to) {
  const Panels panels(N);
  for (long p = 0; p < panels.count; p++) {
    const int vectors = panels.vectorsOf(p);
    float* row = to + (p * 2 * depth + k * vectors) * W;
    for (long i = k; i < k + count; i++) {
      for (int j = 0; j < vectors; j++, row += W) {
        const long column = (p * 2 + j) * W;
        store(row, i < K ? gate[i - k] * load(B + i * N + column, lanes(column, N)) : Vec{});
      }
    }
  }
}
