// Vectors of float32 as the compiler's own vector type, so that one source serves every instruction set.
// Included once for each of them, inside its namespace (see isa.h).

// Notation: W: lanes of a vector.
#if defined(__AVX512F__)
constexpr int W = 16;
#elif defined(__AVX__)
constexpr int W = 8;
#else
constexpr int W = 4;
#endif

typedef float Vec __attribute__((vector_size(4 * W), may_alias));
typedef float VecAnywhere __attribute__((vector_size(4 * W), aligned(4), may_alias));

inline Vec load(const float* p) { return *reinterpret_cast<const VecAnywhere*>(p); }
inline void store(float* p, Vec v) { *reinterpret_cast<VecAnywhere*>(p) = v; }
inline Vec splat(float x) { return x - Vec{}; }

// The first n lanes, 0 <= n <= W; the others are 0 when read and left alone when written.
#if defined(__AVX512F__)
inline Vec load(const float* p, int n) { return (Vec)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p); }
inline void store(float* p, Vec v, int n) { _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)v); }
#else
inline Vec load(const float* p, int n) {
  if (n == W) return load(p);
  Vec v{};
  for (int i = 0; i < n; i++) v[i] = p[i];
  return v;
}
inline void store(float* p, Vec v, int n) {
  if (n == W) return store(p, v);
  for (int i = 0; i < n; i++) p[i] = v[i];
}
#endif

// Lanes of a vector at `from` that lie before `end`.
inline int lanes(long from, long end) { return from >= end ? 0 : end - from < W ? static_cast<int>(end - from) : W; }
inline Vec larger(Vec a, Vec b) { return a > b ? a : b; }
inline Vec smaller(Vec a, Vec b) { return a < b ? a : b; }
inline long roundUp(long n, long step) { return (n + step - 1) / step * step; }
inline long least(long a, long b) { return a < b ? a : b; }
