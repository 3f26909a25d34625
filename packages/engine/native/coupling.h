// The arithmetic of an affine coupling block, and the permutation before it.
// Included once for each instruction set, inside its namespace (see isa.h).

typedef int Bits __attribute__((vector_size(4 * W), may_alias));

// e^x for |x| below 80; 1e-7, relative (Cephes' polynomial).
inline Vec exponential(Vec x) {
  // Notation: x = n ln 2 + r, n whole, |r| <= ln(2) / 2. A number below 2^22, added to the rounder, becomes whole.
  constexpr float log2e = 1.44269504088896341f, ln2High = 0.693359375f, ln2Low = -2.12194440e-4f, rounder = 12582912.0f;
  const Vec shifted = log2e * x + rounder, n = shifted - rounder;
  const Vec r = (x - n * ln2High) - n * ln2Low;
  Vec y = 1.9875691500e-4f * r + 1.3981999507e-3f;
  y = y * r + 8.3334519073e-3f;
  y = y * r + 4.1665795894e-2f;
  y = y * r + 1.6666665459e-1f;
  y = y * r + 5.0000001201e-1f;
  y = y * r * r + r + 1;
  return (Vec)((Bits)y + ((Bits)shifted << 23));
}

// The arc tangent; 1e-7, relative (Cephes' ranges and polynomial).
inline Vec arcTangent(Vec x) {
  const Bits sign = (Bits)x & static_cast<int>(0x80000000u);
  const Vec a = (Vec)((Bits)x & 0x7fffffff);
  const Bits large = a > 2.414213562373095f, middle = a > 0.4142135623730950f;
  const Vec reduced = large ? -1 / a : middle ? (a - 1) / (a + 1) : a;
  const Vec start = large ? splat(1.5707963267948966f) : middle ? splat(0.7853981633974483f) : Vec{};
  const Vec z = reduced * reduced;
  Vec y = 8.05374449538e-2f * z - 1.38776856032e-1f;
  y = y * z + 1.99777106478e-1f;
  y = y * z - 3.33329491539e-1f;
  y = start + (y * z * reduced + reduced);
  return (Vec)((Bits)y | sign);
}

constexpr long positionsPerItem = 32;
inline int positionItems(long positions) { return static_cast<int>((positions + positionsPerItem - 1) / positionsPerItem); }

// y = x exp(e) + t, e = bound atan(s / clamp), j = sum of e over the channels of a position; r = [s, t].
void couple(const CoupleCall& call) {
  const long c = call.channels;
  parallelFor(positionItems(call.positions), [&](int item) {
    const long last = least((item + 1) * positionsPerItem, call.positions);
    for (long p = item * positionsPerItem; p < last; p++) {
      double sum = 0;
      for (long i = 0; i < c; i += W) {
        const int count = lanes(i, c);
        const Vec s = load(call.r + p * 2 * c + i, count), t = load(call.r + p * 2 * c + c + i, count);
        // Lanes beyond the last channel are zeros, of which the arc tangent is zero.
        const Vec e = call.bound * arcTangent(s / call.clamp);
        store(call.y + p * c + i, load(call.x + p * c + i, count) * exponential(e) + t, count);
        float part = 0;
        for (int k = 0; k < W; k++) part += e[k];
        sum += part;
      }
      call.j[p] = static_cast<float>(sum);
    }
  });
}

// dx = dy exp(e);  ds = (dy x exp(e) + dj) bound / clamp / (1 + (s / clamp)^2);  dt = dy.
void coupleGrad(const CoupleGradCall& call) {
  const long c = call.channels;
  parallelFor(positionItems(call.positions), [&](int item) {
    const long last = least((item + 1) * positionsPerItem, call.positions);
    for (long p = item * positionsPerItem; p < last; p++) {
      for (long i = 0; i < c; i += W) {
        const int count = lanes(i, c);
        const Vec ratio = load(call.r + p * 2 * c + i, count) / call.clamp, dy = load(call.dy + p * c + i, count);
        const Vec dx = dy * exponential(call.bound * arcTangent(ratio));
        store(call.dx + p * c + i, dx, count);
        store(call.dr + p * 2 * c + i, (dx * load(call.x + p * c + i, count) + call.dj[p]) * (call.bound / call.clamp) / (1 + ratio * ratio), count);
        store(call.dr + p * 2 * c + c + i, dy, count);
      }
    }
  });
}

// y[p, i] = x[p, order[i]]
void permuteChannels(const PermuteCall& call) {
  const long c = call.channels;
  parallelFor(positionItems(call.positions), [&](int item) {
    const long last = least((item + 1) * positionsPerItem, call.positions);
    for (long p = item * positionsPerItem; p < last; p++) {
      const float* from = call.x + p * c;
      float* to = call.y + p * c;
      for (long i = 0; i < c; i++) to[i] = from[call.order[i]];
    }
  });
}
