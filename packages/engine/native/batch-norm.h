// Batch normalisation with the LeakyReLU and the sum that follow it, and its gradient.
// Included once for each instruction set, inside its namespace (see isa.h).

// Notation: P: positions; n: normalised value (x - mean) rstd; z = scale n + offset; g: gradient of z, from dy through f.

constexpr long normPositions = 64;  // of an item: few enough to add up in float32

// Adds up two numbers of each channel over all positions: part(p, i, count) gives both for position p and the channels
// from i on. Sums within an item are float32, sums of items float64, always in the same order.
template <typename Part>
inline void sumBoth(long positions, long channels, const Part& part, double* first, double* second) {
  const int items = static_cast<int>((positions + normPositions - 1) / normPositions);
  const long ld = roundUp(channels, W);
  float* partial = scratch(0, 2 * items * ld);
  parallelFor(items, [&](int item) {
    const long last = least((item + 1) * normPositions, positions);
    for (long i = 0; i < channels; i += W) {
      const int count = lanes(i, channels);
      Vec a{}, b{};
      for (long p = item * normPositions; p < last; p++) {
        Vec u, v;
        part(p, i, count, u, v);
        a += u, b += v;
      }
      store(partial + 2 * item * ld + i, a);
      store(partial + (2 * item + 1) * ld + i, b);
    }
  });
  for (long i = 0; i < channels; i++) first[i] = second[i] = 0;
  for (int item = 0; item < items; item++) {
    for (long i = 0; i < channels; i++) first[i] += partial[2 * item * ld + i], second[i] += partial[(2 * item + 1) * ld + i];
  }
}

inline double* doubles(int slot, long count) { return reinterpret_cast<double*>(scratch(slot, 2 * count)); }

void batchNorm(const BatchNormCall& call) {
  const long c = call.channels, positions = call.positions;
  if (call.training) {
    double *sum = doubles(1, 2 * c), *squares = sum + c;
    // Around the first position's values, so that large means leave digits for small variances.
    sumBoth(positions, c, [&](long p, long i, int count, Vec& u, Vec& v) {
      u = load(call.x + p * c + i, count) - load(call.x + i, count);
      v = u * u;
    }, sum, squares);
    for (long i = 0; i < c; i++) {
      const double shift = sum[i] / positions, variance = squares[i] / positions - shift * shift;
      call.mean[i] = static_cast<float>(call.x[i] + shift);
      call.variance[i] = static_cast<float>(variance > 0 ? variance : 0);
    }
  }
  float* factor = scratch(2, c);
  for (long i = 0; i < c; i++) factor[i] = call.scale[i] / std::sqrt(call.variance[i] + call.epsilon);
  parallelFor(static_cast<int>((positions + normPositions - 1) / normPositions), [&](int item) {
    const long last = least((item + 1) * normPositions, positions);
    for (long p = item * normPositions; p < last; p++) {
      for (long i = 0; i < c; i += W) {
        const int count = lanes(i, c);
        const long at = p * c + i;
        Vec z = (load(call.x + at, count) - load(call.mean + i, count)) * load(factor + i, count) + load(call.offset + i, count);
        if (call.slope != 1) z = larger(z, call.slope * z);
        if (call.residual != nullptr) z += load(call.residual + at, count);
        store(call.y + at, z, count);
      }
    }
  });
}

// With the batch's own statistics dx = scale rstd (g - mean(g) - n mean(g n)), with given ones dx = scale rstd g.
void batchNormGrad(const BatchNormGradCall& call) {
  const long c = call.channels, positions = call.positions;
  float* rstd = scratch(2, 4 * c);
  float *meanG = rstd + c, *meanGN = rstd + 2 * c, *factor = rstd + 3 * c;
  for (long i = 0; i < c; i++) {
    rstd[i] = static_cast<float>(1 / std::sqrt(static_cast<double>(call.variance[i]) + call.epsilon));
    factor[i] = call.scale[i] * rstd[i];
  }
  const auto both = [&](long p, long i, int count, Vec& g, Vec& n) {
    n = (load(call.x + p * c + i, count) - load(call.mean + i, count)) * load(rstd + i, count);
    g = load(call.dy + p * c + i, count);
    if (call.slope != 1) g = load(call.scale + i, count) * n + load(call.offset + i, count) > 0 ? g : call.slope * g;
  };
  double *sumG = doubles(1, 2 * c), *sumGN = sumG + c;
  sumBoth(positions, c, [&](long p, long i, int count, Vec& u, Vec& v) {
    both(p, i, count, u, v);
    v *= u;
  }, sumG, sumGN);
  for (long i = 0; i < c; i++) {
    call.dOffset[i] = static_cast<float>(sumG[i]);
    call.dScale[i] = static_cast<float>(sumGN[i]);
    meanG[i] = call.training ? static_cast<float>(sumG[i] / positions) : 0;
    meanGN[i] = call.training ? static_cast<float>(sumGN[i] / positions) : 0;
  }
  parallelFor(static_cast<int>((positions + normPositions - 1) / normPositions), [&](int item) {
    const long last = least((item + 1) * normPositions, positions);
    for (long p = item * normPositions; p < last; p++) {
      for (long i = 0; i < c; i += W) {
        const int count = lanes(i, c);
        Vec g, n;
        both(p, i, count, g, n);
        store(call.dx + p * c + i, load(factor + i, count) * (g - load(meanG + i, count) - n * load(meanGN + i, count)), count);
      }
    }
  });
}
