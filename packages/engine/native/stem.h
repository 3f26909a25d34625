// A network's first convolution: few channels in, normalised on the way, swish behind it.
// Included once for each instruction set, inside its namespace (see isa.h).

// Values of a row of the image with its edges, and of what a last tile reads beyond it.
inline long stemRowSize(const StemCall& call) {
  const long reach = (roundUp(call.outW, accumulators / 2) - 1) * call.stride + call.kernel;
  return roundUp((reach > call.w + call.padLeft ? reach : call.w + call.padLeft) * call.c, W);
}

// Rows y*stride - padTop.. of an image as the window of output row y reads them, to rows [kernel][stemRowSize].
inline void normaliseRows(const StemCall& call, const float* image, long y, float* rows) {
  const long c = call.c, size = stemRowSize(call), width = call.w * c;
  __builtin_memset(rows, 0, call.kernel * size * sizeof(float));
  for (int i = 0; i < call.kernel; i++) {
    const long at = y * call.stride - call.padTop + i;
    if (at < 0 || at >= call.h) continue;
    const float* from = image + at * width;
    float* to = rows + i * size + call.padLeft * c;
    for (long j = 0; j < width; j += c) {
      for (long q = 0; q < c; q++) to[j + q] = (from[j + q] - call.mean[q]) / call.deviation[q];
    }
  }
}

template <int NV>
void stemBy(const StemCall& call) {
  constexpr long panel = NV * W;
  const long panels = (call.k + panel - 1) / panel, depth = call.kernel * call.c, size = stemRowSize(call), taps = call.kernel * depth;
  float* filter = scratch(0, panels * panel * (taps + 1));
  float* bias = filter + panels * panel * taps;
  for (long p = 0; p < panels; p++) {
    packPanel<NV>(call.filter, taps, call.k, p, filter + p * taps * panel);
    packPanel<NV>(call.bias, 1, call.k, p, bias + p * panel);
  }
  parallelFor(static_cast<int>(call.n * call.outH), [&](int item) {
    float* rows = scratch(1, call.kernel * size + call.outW * panel);
    float* made = rows + call.kernel * size;
    normaliseRows(call, call.x + item / call.outH * call.h * call.w * call.c, item % call.outH, rows);
    for (long p = 0; p < panels; p++) {
      expandRow<NV>({rows, call.kernel, depth, call.stride * call.c, size, true}, call.outW, filter + p * taps * panel, bias + p * panel, made);
      for (long i = 0; i < call.outW; i++) {
        for (long j = 0; j < panel; j += W) {
          const long channel = p * panel + j;
          store(call.y + (item * call.outW + i) * call.k + channel, load(made + i * panel + j), lanes(channel, call.k));
        }
      }
    }
  });
}

void stem(const StemCall& call) { panelVectors(call.k) == 2 ? stemBy<2>(call) : stemBy<3>(call); }
