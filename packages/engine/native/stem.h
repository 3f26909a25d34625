// A network's first convolution: few channels in, normalised on the way, swish behind it.
// Included once for each instruction set, inside its namespace (see isa.h).

// How rows of the image become what the windows read.
struct StemRows {
  const StemCall& call;
  long depth, taps, size;        // values of a row of a window; of a window; of a normalised row with its edges
  const float *mean, *deviation;  // of a whole row

  // `memory`: floats() values.
  StemRows(const StemCall& of, float* memory) : call(of), depth(of.kernel * of.c), taps(of.kernel * depth), size(rowSize(of)), mean(memory), deviation(memory + of.w * of.c) {
    for (long i = 0; i < call.w * call.c; i++) {
      memory[i] = call.mean[i % call.c];
      memory[call.w * call.c + i] = call.deviation[i % call.c];
    }
  }
  static long floats(const StemCall& call) { return 2 * call.w * call.c; }

  // With what a last tile reads beyond it.
  static long rowSize(const StemCall& call) {
    const long reach = (roundUp(call.outW, accumulators / 2) - 1) * call.stride + call.kernel;
    return roundUp((reach > call.w + call.padLeft ? reach : call.w + call.padLeft) * call.c, W);
  }

  // The normalised rows that output row y of an image is made of, to rows [kernel][size].
  void normalise(const float* image, long y, float* rows) const {
    const long width = call.w * call.c;
    __builtin_memset(rows, 0, call.kernel * size * sizeof(float));
    for (int i = 0; i < call.kernel; i++) {
      const long at = y * call.stride - call.padTop + i;
      if (at < 0 || at >= call.h) continue;
      const float* from = image + at * width;
      float* to = rows + i * size + call.padLeft * call.c;
      for (long j = 0; j < width; j += W) {
        const int count = lanes(j, width);
        store(to + j, (load(from + j, count) - load(mean + j, count)) / load(deviation + j, count), count);
      }
    }
  }

  // One panel of output row y, [outW][panel], from the normalised rows.
  template <int NV>
  void expand(const float* rows, const float* filter, const float* bias, float* e) const {
    expandRow<NV>({rows, call.kernel, depth, call.stride * call.c, size, true}, call.outW, filter, bias, e);
  }
};

template <int NV>
void stemBy(const StemCall& call) {
  constexpr long panel = NV * W;
  const StemRows stem(call, scratch(0, StemRows::floats(call)));
  const long panels = (call.k + panel - 1) / panel;
  float* filter = scratch(1, panels * panel * (stem.taps + 1));
  float* bias = filter + panels * panel * stem.taps;
  for (long p = 0; p < panels; p++) {
    packPanel<NV>(call.filter, stem.taps, call.k, p, filter + p * stem.taps * panel);
    packPanel<NV>(call.bias, 1, call.k, p, bias + p * panel);
  }
  parallelFor(static_cast<int>(call.n * call.outH), [&](int item) {
    float* rows = scratch(2, call.kernel * stem.size + call.outW * panel);
    float* made = rows + call.kernel * stem.size;
    stem.normalise(call.x + item / call.outH * call.h * call.w * call.c, item % call.outH, rows);
    for (long p = 0; p < panels; p++) {
      stem.expand<NV>(rows, filter + p * stem.taps * panel, bias + p * panel, made);
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
