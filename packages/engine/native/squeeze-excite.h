// Squeeze-excite (Hu et al. 2018): a factor for each channel from the means of all, by two small matrices.
// Included once for each instruction set, inside its namespace (see isa.h).

// Notation: E: channels, in panels of `panel`; S: squeezed channels, rounded up to whole vectors where they are kept.

typedef double Wide __attribute__((vector_size(8 * W)));

// Adds to nothing what one panel gives to the squeezed channels: to[S] = sum over its channels of mean * reduce.
// sums: [rows][width] from the panel's first channel on, `area` positions in all; a mean is of sums in float64.
inline void squeezePanel(const float* sums, long rows, long width, double area, long first, long panel, const InvertedResidualCall& call, float* to) {
  const long S = call.squeezed, last = least(first + panel, call.expanded);
  for (long j = 0; j < S; j += W) store(to + j, Vec{});
  for (long e = first; e < last; e += W, sums += W) {
    Wide sum{};
    for (long y = 0; y < rows; y++) sum += __builtin_convertvector(load(sums + y * width), Wide);
    const Vec mean = __builtin_convertvector(sum / area, Vec);
    for (int i = 0; i < lanes(e, last); i++) {
      const float* reduce = call.reduceFilter + (e + i) * S;
      for (long j = 0; j < S; j += W) store(to + j, load(to + j) + mean[i] * load(reduce + j, lanes(j, S)));
    }
  }
}

// squeezed[S] = swish(bias + what the panels give).
inline void squeeze(const float* parts, long panels, const InvertedResidualCall& call, float* squeezed) {
  const long S = call.squeezed, step = roundUp(S, W);
  for (long j = 0; j < S; j += W) {
    Vec sum = load(call.reduceBias + j, lanes(j, S));
    for (long p = 0; p < panels; p++) sum += load(parts + p * step + j);
    store(squeezed + j, swish(sum));
  }
}

// The factors of one panel: gate[panel] = sigmoid(squeezed excite + bias).
inline void excitePanel(const float* squeezed, long first, long panel, const InvertedResidualCall& call, float* gate) {
  for (long e = 0; e < panel; e += W) {
    const int count = lanes(first + e, call.expanded);
    Vec sum = load(call.exciteBias + first + e, count);
    for (long j = 0; j < call.squeezed; j++) sum += squeezed[j] * load(call.exciteFilter + j * call.expanded + first + e, count);
    store(gate + e, sigmoid(sum));
  }
}
