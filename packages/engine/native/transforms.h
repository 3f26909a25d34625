// Minimal filtering (Winograd 1980; Lavin and Gray, CVPR 2016): R taps give M = 7 - R outputs out of 6 inputs with 6
// products instead of M R. In one dimension
//   y = A^T [(G g) o (B^T d)],   d: 6 inputs, g: R taps, y: M outputs;
// in two, the same along rows and then along columns. The gradients are the transposes of the three matrices.
// Included once for each instruction set, inside its namespace (see isa.h).
//
// The matrices are those of Toom and Cook at the points 0, a, -a, b, -b and infinity. With a = 3/4 and b = 3/2 rounding
// errors are half of those at the usual points 1 and 2: 1.4e-6 of the output's scale for 512 channels in float32 where
// 0, 1, -1, 2, -2 give 2.9e-6 and the plain sum 3e-7.

// Notation: a, b: points; p = a^2 b^2, s = a^2 + b^2.
constexpr float a1 = 0.75f, a2 = a1 * a1, a3 = a2 * a1, a4 = a2 * a2;
constexpr float b1 = 1.5f, b2 = b1 * b1, b3 = b2 * b1, b4 = b2 * b2;
constexpr float p = a2 * b2, s = a2 + b2;
// What the Lagrange polynomials of the points are divided by.
constexpr double na = 2.0 * a2 * (a2 - b2), nb = 2.0 * b2 * (b2 - a2);

// v = B^T d
inline void transformInput(const Vec d[6], Vec v[6]) {
  const Vec evenA = d[4] - b2 * d[2], oddA = a1 * (d[3] - b2 * d[1]);
  const Vec evenB = d[4] - a2 * d[2], oddB = b1 * (d[3] - a2 * d[1]);
  v[0] = p * d[0] - s * d[2] + d[4];
  v[1] = evenA + oddA;
  v[2] = evenA - oddA;
  v[3] = evenB + oddB;
  v[4] = evenB - oddB;
  v[5] = p * d[1] - s * d[3] + d[5];
}

// d = B v
inline void transposeInput(const Vec v[6], Vec d[6]) {
  const Vec sumA = v[1] + v[2], differenceA = v[1] - v[2];
  const Vec sumB = v[3] + v[4], differenceB = v[3] - v[4];
  d[0] = p * v[0];
  d[1] = p * v[5] - (a1 * b2) * differenceA - (a2 * b1) * differenceB;
  d[2] = -s * v[0] - b2 * sumA - a2 * sumB;
  d[3] = a1 * differenceA + b1 * differenceB - s * v[5];
  d[4] = v[0] + sumA + sumB;
  d[5] = v[5];
}

// y = A^T m
template <int M>
inline void transformOutput(const Vec m[6], Vec y[M]) {
  const Vec sumA = m[1] + m[2], differenceA = m[1] - m[2];
  const Vec sumB = m[3] + m[4], differenceB = m[3] - m[4];
  y[0] = m[0] + sumA + sumB;
  y[1] = a1 * differenceA + b1 * differenceB;
  if constexpr (M == 4) {
    y[2] = a2 * sumA + b2 * sumB;
    y[3] = a3 * differenceA + b3 * differenceB + m[5];
  } else {
    y[1] += m[5];
  }
}

// m = A y
template <int M>
inline void transposeOutput(const Vec y[M], Vec m[6]) {
  Vec evenA = y[0], oddA = a1 * y[1], evenB = y[0], oddB = b1 * y[1];
  if constexpr (M == 4) {
    evenA += a2 * y[2], oddA += a3 * y[3];
    evenB += b2 * y[2], oddB += b3 * y[3];
  }
  m[0] = y[0];
  m[1] = evenA + oddA;
  m[2] = evenA - oddA;
  m[3] = evenB + oddB;
  m[4] = evenB - oddB;
  m[5] = y[M - 1];
}

// u = G g
template <int R>
inline void transformFilter(const Vec g[R], Vec u[6]) {
  Vec evenA = g[0] + a2 * g[2], oddA = a1 * g[1], evenB = g[0] + b2 * g[2], oddB = b1 * g[1];
  if constexpr (R == 5) {
    evenA += a4 * g[4], oddA += a3 * g[3];
    evenB += b4 * g[4], oddB += b3 * g[3];
  }
  constexpr float ia = static_cast<float>(1 / na), ib = static_cast<float>(1 / nb), ip = static_cast<float>(1.0 / p);
  u[0] = ip * g[0];
  u[1] = ia * (evenA + oddA);
  u[2] = ia * (evenA - oddA);
  u[3] = ib * (evenB + oddB);
  u[4] = ib * (evenB - oddB);
  u[5] = g[R - 1];
}

// g = G^T u
template <int R>
inline void transposeFilter(const Vec u[6], Vec g[R]) {
  constexpr float ia = static_cast<float>(1 / na), ib = static_cast<float>(1 / nb), ip = static_cast<float>(1.0 / p);
  const Vec sumA = ia * (u[1] + u[2]), differenceA = ia * (u[1] - u[2]);
  const Vec sumB = ib * (u[3] + u[4]), differenceB = ib * (u[3] - u[4]);
  g[0] = ip * u[0] + sumA + sumB;
  g[1] = a1 * differenceA + b1 * differenceB;
  g[2] = a2 * sumA + b2 * sumB;
  if constexpr (R == 5) {
    g[3] = a3 * differenceA + b3 * differenceB;
    g[4] = a4 * sumA + b4 * sumB;
  }
  g[R - 1] += u[5];
}

// Both dimensions: `from` values a side to `to`, by one of the functions above. Values lie row by row.
template <int From, int To, typename Transform>
inline void bothWays(const Vec* from, Vec* to, Transform transform) {
  Vec half[From][To];
#pragma GCC unroll 6
  for (int i = 0; i < From; i++) transform(from + i * From, half[i]);
#pragma GCC unroll 6
  for (int j = 0; j < To; j++) {
    Vec column[From], result[To];
#pragma GCC unroll 6
    for (int i = 0; i < From; i++) column[i] = half[i][j];
    transform(column, result);
#pragma GCC unroll 6
    for (int i = 0; i < To; i++) to[i * To + j] = result[i];
  }
}
