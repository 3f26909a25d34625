// Matrix products of float32 out of a micro-kernel that keeps a tile of the result in registers.
// Included once for each instruction set, inside its namespace (see isa.h).

// Notation: C[M,N] = A[M,K] B[K,N].
// A is read a value at a time, at any strides. B is packed in panels of NR columns: panel j holds rows k = 0..K-1 of
// columns j*NR..., NR values each; columns beyond N are zeros. A and C have rows up to the next multiple of MR.

// MR*NV accumulators, NV vectors of B and a spread value of A fit into the 32 (16) registers.
#if defined(__AVX512F__)
constexpr int MR = 12, NV = 2;
#elif defined(__AVX__)
constexpr int MR = 6, NV = 2;
#elif defined(__aarch64__)
constexpr int MR = 6, NV = 4;
#else
constexpr int MR = 4, NV = 2;
#endif
constexpr int NR = NV * W;

// C[0..MR, 0..NR] (+)= A[0..MR, 0..K] B. `ColumnMajor`: A's row stride is 1 and `stride` is from k to k+1; otherwise its
// column stride is 1 and `stride` is from row to row.
template <bool ColumnMajor, bool Accumulate>
inline void microKernel(long K, const float* A, long stride, const float* B, float* C, long strideC) {
  Vec c[MR][NV];
#pragma GCC unroll 16
  for (int i = 0; i < MR; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NV; j++) c[i][j] = Vec{};
  for (long k = 0; k < K; k++, B += NR) {
    Vec b[NV];
#pragma GCC unroll 4
    for (int j = 0; j < NV; j++) b[j] = load(B + j * W);
#pragma GCC unroll 16
    for (int i = 0; i < MR; i++) {
      const float a = ColumnMajor ? A[k * stride + i] : A[i * stride + k];
#pragma GCC unroll 4
      for (int j = 0; j < NV; j++) c[i][j] += a * b[j];
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < MR; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NV; j++) {
      float* at = C + i * strideC + j * W;
      store(at, Accumulate ? load(at) + c[i][j] : c[i][j]);
    }
}

// Rows of B that stay in the first cache while A's rows pass by. Each such part is summed apart and then added: a sum of
// 1024 products in one row of float32 additions has three times the error.
constexpr long KC = 96;

// C[0..rows, panels*NR] = A B, or += A B; rows is a multiple of MR, `panelB` the distance of B's panels.
template <bool ColumnMajor>
inline void multiply(long rows, long panels, long K, const float* A, long strideA, const float* B, long panelB, float* C, long strideC, bool accumulate = false) {
  for (long k = 0; k < K; k += KC) {
    const long depth = least(K - k, KC);
    const float* a = A + (ColumnMajor ? k * strideA : k);
    for (long j = 0; j < panels; j++) {
      const float* b = B + j * panelB + k * NR;
      for (long i = 0; i < rows; i += MR) {
        const float* ai = a + (ColumnMajor ? i : i * strideA);
        float* c = C + i * strideC + j * NR;
        if (k == 0 && !accumulate) microKernel<ColumnMajor, false>(depth, ai, strideA, b, c, strideC);
        else microKernel<ColumnMajor, true>(depth, ai, strideA, b, c, strideC);
      }
    }
  }
}
