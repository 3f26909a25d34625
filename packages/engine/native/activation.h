// Sigmoid and swish of vectors.
// Included once for each instruction set, inside its namespace (see isa.h).

typedef int Whole __attribute__((vector_size(4 * W), may_alias));

// 1 + e^-x for x of any size, infinity excepted; an error of 2e-7 + 6e-8 |x|, relative.
inline Vec onePlusExpMinus(Vec x) {
  // Notation: e^-x = 2^n 2^r, n whole, -1/2 <= r <= 1/2.
  constexpr float log2e = 1.44269504f;
#if defined(__AVX512F__)
  const Vec t = -log2e * x;
  const Vec n = (Vec)_mm512_maskz_roundscale_ps(0xffff, (__m512)t, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#else
  // What is beyond stays what it is there. A number below 2^22 in size, added to the rounder, becomes a whole one that
  // stands in the lowest bits.
  constexpr float rounder = 12582912.0f;
  const Vec t = -log2e * smaller(larger(x, splat(-87)), splat(87));
  const Vec shifted = rounder + t, n = shifted - rounder;
#endif
  const Vec r = t - n;
  // 2^r: the polynomial of least relative error, 7.5e-8.
  Vec power = 1.3276472e-3f * r + 9.6755414e-3f;
  power = power * r + 5.5507133e-2f;
  power = power * r + 2.4022120e-1f;
  power = power * r + 6.9314697e-1f;
  power = power * r + 1.00000007f;
#if defined(__AVX512F__)
  return 1 + (Vec)_mm512_maskz_scalef_ps(0xffff, (__m512)power, (__m512)n);
#else
  return 1 + (Vec)((Whole)power + ((Whole)shifted << 23));
#endif
}

// 1 / (1 + e^-x)
inline Vec sigmoid(Vec x) { return 1 / onePlusExpMinus(x); }

// x / (1 + e^-x)
inline Vec swish(Vec x) { return x / onePlusExpMinus(x); }
