// Minimal filtering (Winograd 1980; Lavin and Gray, CVPR 2016): R taps give M = N + 1 - R outputs out of N inputs with N
// products instead of M R. In one dimension
//   y = A^T [(G g) o (B^T d)],   d: N inputs, g: R taps, y: M outputs;
// in two, the same along rows and then along columns. The gradients are the transposes of the three matrices.
// Included once for each instruction set, inside its namespace (see isa.h).
//
// The matrices are those of Toom and Cook at the points 0, infinity, and pairs +-c, whose rows share their even and their
// odd part. The points were chosen by the error that rounding leaves, of the scale of the output with 96 channels: for
// N = 6, 3/4 and 3/2 give 0.9e-6 (1 and 2, the usual ones, 2e-6); for N = 8, 1/2, 1 and 2 give 2.1e-6; a plain sum 0.3e-6.

// Notation: c_k: points; pairs: their number, N/2 - 1.
//   P(x) = prod_k (x^2 - c_k^2) = sum_i whole_i x^(2i),   P(x) / (x^2 - c_k^2) = sum_i without_ki x^(2i).
template <int N>
struct Points {
  static constexpr int pairs = N / 2 - 1;
  double at[pairs], whole[pairs + 1], without[pairs][pairs];
  double below0, below[pairs];  // what the Lagrange polynomials of 0 and of +-c_k are divided by

  constexpr Points() : at{}, whole{}, without{}, below0(1), below{} {
    static_assert(N == 6 || N == 8);
    for (int k = 0; k < pairs; k++) at[k] = N == 6 ? 0.75 * (k + 1) : 0.5 * (1 << k);
    multiply(-1, whole);
    below0 = whole[0];
    for (int k = 0; k < pairs; k++) {
      multiply(k, without[k]);
      below[k] = 2 * at[k] * at[k];
      for (int l = 0; l < pairs; l++) below[k] *= l == k ? 1 : at[k] * at[k] - at[l] * at[l];
    }
  }

  // Coefficients of the product of all factors but one.
  constexpr void multiply(int omitted, double* to) const {
    to[0] = 1;
    int degree = 0;
    for (int k = 0; k < pairs; k++) {
      if (k == omitted) continue;
      degree++;
      to[degree] = 0;
      for (int i = degree; i >= 0; i--) to[i] = (i > 0 ? to[i - 1] : 0) - at[k] * at[k] * (i < degree ? to[i] : 0);
    }
  }
};
template <int N>
constexpr Points<N> points{};

constexpr double power(double x, int n) { return n == 0 ? 1 : x * power(x, n - 1); }

// v = B^T d
template <int N>
inline void transformInput(const Vec d[N], Vec v[N]) {
  constexpr int pairs = N / 2 - 1;
  Vec first = static_cast<float>(points<N>.whole[0]) * d[0], last = static_cast<float>(points<N>.whole[0]) * d[1];
#pragma GCC unroll 8
  for (int i = 1; i <= pairs; i++) {
    first += static_cast<float>(points<N>.whole[i]) * d[2 * i];
    last += static_cast<float>(points<N>.whole[i]) * d[2 * i + 1];
  }
  v[0] = first;
  v[N - 1] = last;
#pragma GCC unroll 8
  for (int k = 0; k < pairs; k++) {
    Vec even = d[2 * pairs], odd = d[2 * pairs - 1];
#pragma GCC unroll 8
    for (int i = 0; i < pairs - 1; i++) {
      even += static_cast<float>(points<N>.without[k][i]) * d[2 * i + 2];
      odd += static_cast<float>(points<N>.without[k][i]) * d[2 * i + 1];
    }
    odd *= static_cast<float>(points<N>.at[k]);
    v[1 + 2 * k] = even + odd;
    v[2 + 2 * k] = even - odd;
  }
}

// d = B v
template <int N>
inline void transposeInput(const Vec v[N], Vec d[N]) {
  constexpr int pairs = N / 2 - 1;
#pragma GCC unroll 8
  for (int i = 0; i <= pairs; i++) {
    d[2 * i] = static_cast<float>(points<N>.whole[i]) * v[0];
    d[2 * i + 1] = static_cast<float>(points<N>.whole[i]) * v[N - 1];
  }
#pragma GCC unroll 8
  for (int k = 0; k < pairs; k++) {
    const Vec even = v[1 + 2 * k] + v[2 + 2 * k], odd = static_cast<float>(points<N>.at[k]) * (v[1 + 2 * k] - v[2 + 2 * k]);
#pragma GCC unroll 8
    for (int i = 0; i < pairs; i++) {
      d[2 * i + 2] += static_cast<float>(points<N>.without[k][i]) * even;
      d[2 * i + 1] += static_cast<float>(points<N>.without[k][i]) * odd;
    }
  }
}

// y = A^T m
template <int N, int M>
inline void transformOutput(const Vec m[N], Vec y[M]) {
  constexpr int pairs = N / 2 - 1;
#pragma GCC unroll 8
  for (int i = 0; i < M; i++) y[i] = i == 0 ? m[0] : i == M - 1 ? m[N - 1] : Vec{};
#pragma GCC unroll 8
  for (int k = 0; k < pairs; k++) {
    const Vec even = m[1 + 2 * k] + m[2 + 2 * k], odd = m[1 + 2 * k] - m[2 + 2 * k];
#pragma GCC unroll 8
    for (int i = 0; i < M; i++) y[i] += static_cast<float>(power(points<N>.at[k], i)) * (i % 2 == 0 ? even : odd);
  }
}

// m = A y
template <int N, int M>
inline void transposeOutput(const Vec y[M], Vec m[N]) {
  constexpr int pairs = N / 2 - 1;
  m[0] = y[0];
  m[N - 1] = y[M - 1];
#pragma GCC unroll 8
  for (int k = 0; k < pairs; k++) {
    Vec even = y[0], odd = static_cast<float>(points<N>.at[k]) * y[1];
#pragma GCC unroll 8
    for (int i = 2; i < M; i++) (i % 2 == 0 ? even : odd) += static_cast<float>(power(points<N>.at[k], i)) * y[i];
    m[1 + 2 * k] = even + odd;
    m[2 + 2 * k] = even - odd;
  }
}

// u = G g
template <int N, int R>
inline void transformFilter(const Vec g[R], Vec u[N]) {
  constexpr int pairs = N / 2 - 1;
  u[0] = static_cast<float>(1 / points<N>.below0) * g[0];
  u[N - 1] = g[R - 1];
#pragma GCC unroll 8
  for (int k = 0; k < pairs; k++) {
    Vec even = static_cast<float>(1 / points<N>.below[k]) * g[0], odd = static_cast<float>(points<N>.at[k] / points<N>.below[k]) * g[1];
#pragma GCC unroll 8
    for (int i = 2; i < R; i++) (i % 2 == 0 ? even : odd) += static_cast<float>(power(points<N>.at[k], i) / points<N>.below[k]) * g[i];
    u[1 + 2 * k] = even + odd;
    u[2 + 2 * k] = even - odd;
  }
}

// g = G^T u
template <int N, int R>
inline void transposeFilter(const Vec u[N], Vec g[R]) {
  constexpr int pairs = N / 2 - 1;
#pragma GCC unroll 8
  for (int i = 0; i < R; i++) g[i] = i == 0 ? static_cast<float>(1 / points<N>.below0) * u[0] : i == R - 1 ? u[N - 1] : Vec{};
#pragma GCC unroll 8
  for (int k = 0; k < pairs; k++) {
    const Vec even = u[1 + 2 * k] + u[2 + 2 * k], odd = u[1 + 2 * k] - u[2 + 2 * k];
#pragma GCC unroll 8
    for (int i = 0; i < R; i++) g[i] += static_cast<float>(power(points<N>.at[k], i) / points<N>.below[k]) * (i % 2 == 0 ? even : odd);
  }
}

// Both dimensions: `from` values a side to `to`, by one of the functions above. Values lie row by row.
template <int From, int To, typename Transform>
inline void bothWays(const Vec* from, Vec* to, Transform transform) {
  Vec half[From][To];
#pragma GCC unroll 8
  for (int i = 0; i < From; i++) transform(from + i * From, half[i]);
#pragma GCC unroll 8
  for (int j = 0; j < To; j++) {
    Vec column[From], result[To];
#pragma GCC unroll 8
    for (int i = 0; i < From; i++) column[i] = half[i][j];
    transform(column, result);
#pragma GCC unroll 8
    for (int i = 0; i < To; i++) to[i * To + j] = result[i];
  }
}
