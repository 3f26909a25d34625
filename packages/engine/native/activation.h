// Sigmoid and swish of vectors.
// Included once for each instruction set, inside its namespace (see isa.h).

typedef int Whole __attribute__((vector_size(4 * W), may_alias));

// 1 / d for d in 1 .. 2^126, within an ulp.
inline Vec reciprocal(Vec d) {
#if defined(__AVX512F__)
  // The processor's estimate has 14 bits; one step of Newton doubles them.
  const Vec r = (Vec)_mm512_maskz_rcp14_ps(0xffff, (__m512)d);
  return r + r * (1 - d * r);
#else
  return 1 / d;
#endif
}

// 1 + e^-x with a relative error of 1.5e-7; beyond -87 .. 87 it stays what it is there.
inline Vec onePlusExpMinus(Vec x) {
  // Notation: e^-x = 2^n 2^r, n whole, -1/2 <= r <= 1/2.
  constexpr float log2e = 1.44269504f;
  // A number below 2^22 in size, added to this, is rounded to a whole one, which stands in the lowest bits.
  constexpr float rounder = 12582912.0f;
  const Vec within = smaller(larger(x, splat(-87)), splat(87));
  const Vec shifted = rounder - log2e * within;
  const Vec r = -log2e * within - (shifted - rounder);
  // 2^r: the polynomial of least relative error, 7.5e-8.
  Vec power = 1.3276472e-3f * r + 9.6755414e-3f;
  power = power * r + 5.5507133e-2f;
  power = power * r + 2.4022120e-1f;
  power = power * r + 6.9314697e-1f;
  power = power * r + 1.00000007f;
  return 1 + (Vec)((Whole)power + ((Whole)shifted << 23));
}

// 1 / (1 + e^-x)
inline Vec sigmoid(Vec x) { return reciprocal(onePlusExpMinus(x)); }

// x / (1 + e^-x)
inline Vec swish(Vec x) { return x * reciprocal(onePlusExpMinus(x)); }
