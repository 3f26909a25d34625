// EfficientNet's block (Tan and Le, ICML 2019): expand 1x1, depthwise, squeeze-excite, project 1x1, skip.
// Included once for each instruction set, inside its namespace (see isa.h).

// Notation: I, E, S, O: channels in, expanded, squeezed, out; panel: NV vectors of channels of the expanded map.
//
// The expanded map is the largest by far. It is made a few rows at a time for one panel, and the depthwise convolution
// consumes them while they are in the cache; what is kept is its output, [E/panel][rows][panel], since the gate needs the
// mean of all of it. The gate then goes into the projection's filter.
// A value does not depend on the number of threads, nor a sum: sums are made for each row, then over rows in float64.

// Channels of the projection's sums that are made at once: what of its filter stays in the first cache. Whole panels of
// 2 and of 3 vectors.
constexpr long projectDepth = 18 * W;

// A block's working memory.
struct BlockMemory {
  long panel, panels, width, positions;  // channels of a panel of E; panels; both multiplied; positions of an output map, rounded up
  float* depth;                          // [panels][positions][panel]: the depthwise convolution's output
  float* sums;                           // [outH][width]: its sums over each row
  float* parts;                          // [panels][S]: what each panel gives to the squeezed channels
  float* squeezed;                       // [S]
  float* project;                        // [panels of O][width][..]: the gated filter
  const StemRows* stem;                  // or null
};

// Rows first..last of the depthwise convolution's output for one panel of one image.
template <int NV, int K, int S>
void depthwiseStrip(const InvertedResidualCall& call, const BlockMemory& memory, const float* image, long index, long first, long last) {
  constexpr long panel = NV * W;
  const long w = call.w, reach = (call.outW - 1) * S + K, padded = reach > w + call.padLeft ? reach : w + call.padLeft;
  // Input rows that are made at once, so that the filter is read from the first cache a few times at least.
  const long step = (96 + S * w - 1) / (S * w), ring = K + step * S;
  const long size = padded * panel;
  const StemRows* stem = memory.stem;
  const long taps = stem != nullptr ? stem->taps : call.inputs;
  float* rows = scratch(2, (ring + 1) * size + (taps + K * K + 2) * panel + (stem != nullptr ? stem->call.kernel * stem->size : 0));
  float* none = rows + ring * size;
  __builtin_memset(none, 0, size * sizeof(float));
  for (long r = 0; r < ring; r++) {
    float* row = rows + r * size;
    __builtin_memset(row, 0, call.padLeft * panel * sizeof(float));
    __builtin_memset(row + (call.padLeft + w) * panel, 0, (padded - call.padLeft - w) * panel * sizeof(float));
  }
  // The weights of the panel, packed where they are used: they stay in this core's cache.
  float *filter = none + size, *bias = filter + K * K * panel, *expandBias = bias + panel, *expand = expandBias + panel;
  packPanel<NV>(call.depthFilter, K * K, call.expanded, index, filter);
  packPanel<NV>(call.depthBias, 1, call.expanded, index, bias);
  float* normalised = expand + taps * panel;
  if (call.expandFilter != nullptr) {
    packPanel<NV>(call.expandFilter, taps, call.expanded, index, expand);
    packPanel<NV>(call.expandBias, 1, call.expanded, index, expandBias);
  }
  long made = first * S - call.padTop;  // input rows before this one are there
  if (made < 0) made = 0;
  for (long y = first; y < last; y++) {
    const long end = least(y * S - call.padTop + K, call.h);
    if (made < end) {
      const long until = least(call.h, least(y + step - 1, last - 1) * S - call.padTop + K);
      for (; made < until; made++) {
        float* row = rows + made % ring * size + call.padLeft * panel;
        const float* x = image + made * w * call.inputs;
        if (stem != nullptr) {
          stem->normalise(image, made, normalised);
          stem->expand<NV>(normalised, expand, expandBias, row);
        } else if (call.expandFilter != nullptr) {
          expandRow<NV>({x, 1, call.inputs, call.inputs, 0, false}, w, expand, expandBias, row);
        } else {
          packPanel<NV>(x, w, call.inputs, index, row);
        }
      }
    }
    const float* window[K];
    for (int i = 0; i < K; i++) {
      const long at = y * S - call.padTop + i;
      window[i] = at < 0 || at >= call.h ? none : rows + at % ring * size;
    }
    depthwiseRow<K, S>(window, call.outW, panel, filter, bias, memory.depth + (index * memory.positions + y * call.outW) * panel,
                       memory.sums + y * memory.width + index * panel);
  }
}

// y = depth project + bias, and x where the block skips.
inline void projectRows(const InvertedResidualCall& call, const BlockMemory& memory, const float* residual, long first, long last, float* y) {
  const Panels panels(call.outputs);
  const long panel = memory.panel, ld = panels.width(), E = memory.width, O = call.outputs, rows = roundUp(last - first, rowStep);
  float* c = scratch(2, rows * ld);
  for (long k = 0; k < E; k += projectDepth) {
    const long depth = least(projectDepth, E - k) / panel;
    for (long j = 0; j < panels.count; j++) {
      const int nv = panels.vectorsOf(j);
      const float* b = memory.project + j * 2 * W * E + k * nv * W;
      for (long i = 0; i < rows; i += accumulators / nv) {
        const float* a = memory.depth + (k / panel * memory.positions + first + i) * panel;
        float* to = c + i * ld + j * 2 * W;
        const long panelA = memory.positions * panel;
        if (nv == 2 && k == 0) pointwiseTile<2, false>(depth, panel, a, panel, panelA, b, to, ld);
        else if (nv == 2) pointwiseTile<2, true>(depth, panel, a, panel, panelA, b, to, ld);
        else if (k == 0) pointwiseTile<3, false>(depth, panel, a, panel, panelA, b, to, ld);
        else pointwiseTile<3, true>(depth, panel, a, panel, panelA, b, to, ld);
      }
    }
  }
  for (long i = first; i < last; i++) {
    for (long j = 0; j < O; j += W) {
      const int count = lanes(j, O);
      Vec v = load(c + (i - first) * ld + j) + load(call.projectBias + j, count);
      if (residual != nullptr) v += load(residual + i * O + j, count);
      store(y + i * O + j, v, count);
    }
  }
}

template <int NV, int K, int S>
void invertedResidualBy(const InvertedResidualCall& call, const StemRows* stem) {
  constexpr long panel = NV * W;
  const long I = call.inputs, E = call.expanded, O = call.outputs, area = call.outH * call.outW;
  const Panels panels(O);
  BlockMemory memory;
  memory.stem = stem;
  memory.panel = panel;
  memory.panels = (E + panel - 1) / panel;
  memory.width = memory.panels * panel;
  // Panels do not fall into the same places of a cache.
  memory.positions = roundUp(area, rowStep) + rowStep;
  const long squeezed = roundUp(call.squeezed, W), filterWidth = Panels(O).width();
  memory.depth = scratch(0, memory.positions * memory.width);
  memory.sums = scratch(1, memory.width * (call.outH + filterWidth) + (memory.panels + 1) * squeezed);
  memory.project = memory.sums + memory.width * call.outH;
  memory.parts = memory.project + memory.width * filterWidth;
  memory.squeezed = memory.parts + memory.panels * squeezed;
  const long imageSize = call.stem != nullptr ? call.stem->h * call.stem->w * call.stem->c : call.h * call.w * I;

  for (long n = 0; n < call.n; n++) {
    const float* image = (call.stem != nullptr ? call.stem->x : call.x) + n * imageSize;
    float* y = call.y + n * area * O;
    // A strip makes K - S of its expanded rows again: long strips, but some for every thread.
    const long wanted = (8 * threads() + memory.panels - 1) / memory.panels;
    const long strip = roundUp(call.outH, wanted) / wanted, strips = (call.outH + strip - 1) / strip;
    parallelFor(static_cast<int>(strips * memory.panels), [&](int item) {
      const long first = item / memory.panels * strip;
      depthwiseStrip<NV, K, S>(call, memory, image, item % memory.panels, first, least(first + strip, call.outH));
    });
    parallelFor(static_cast<int>(memory.panels), [&](int index) {
      squeezePanel(memory.sums + index * panel, call.outH, memory.width, static_cast<double>(area), index * panel, panel, call, memory.parts + index * squeezed);
    });
    squeeze(memory.parts, memory.panels, call, memory.squeezed);
    parallelFor(static_cast<int>(memory.panels), [&](int index) {
      alignas(64) float gate[panel];
      excitePanel(memory.squeezed, index * panel, panel, call, gate);
      packGatedRows(call.projectFilter, E, O, gate, index * panel, panel, memory.width, memory.project);
    });
    // Positions of an item: many where there are many, so that the filter is read less often.
    const long rows = area >= 32 * rowStep * threads() ? 4 * rowStep : 2 * rowStep;
    parallelFor(static_cast<int>((area + rows - 1) / rows), [&](int item) {
      projectRows(call, memory, call.skip ? image : nullptr, item * rows, least((item + 1) * rows, area), y);
    });
  }
}

template <int K, int S>
void invertedResidualBy(const InvertedResidualCall& call, const StemRows* stem) {
  panelVectors(call.expanded) == 2 ? invertedResidualBy<2, K, S>(call, stem) : invertedResidualBy<3, K, S>(call, stem);
}

void invertedResidualOf(const InvertedResidualCall& call, const StemRows* stem) {
  if (call.kernel == 3) call.stride == 1 ? invertedResidualBy<3, 1>(call, stem) : invertedResidualBy<3, 2>(call, stem);
  else call.stride == 1 ? invertedResidualBy<5, 1>(call, stem) : invertedResidualBy<5, 2>(call, stem);
}

void invertedResidual(const InvertedResidualCall& call) {
  if (call.stem == nullptr) return invertedResidualOf(call, nullptr);
  // Slot 3 stays free: expandRow uses it for inputs that end with the last position only, and a stem's go on.
  const StemRows stem(*call.stem, scratch(3, StemRows::floats(*call.stem)));
  invertedResidualOf(call, &stem);
}
