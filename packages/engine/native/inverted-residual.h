// EfficientNet's block (Tan and Le, ICML 2019): expand 1x1, depthwise, squeeze-excite, project 1x1, skip.
// Included once for each instruction set, inside its namespace (see isa.h).

// Notation: I, E, S, O: channels in, expanded, squeezed, out; panel: `expandedPanel` channels of the expanded map.
//
// The expanded map is the largest by far. It is made a few rows at a time for one panel, and the depthwise convolution
// consumes them while they are in the cache; what is kept is its output, [E/panel][rows][panel], since the gate needs the
// mean of all of it. The gate then goes into the projection's filter.
// A value does not depend on the number of threads, nor a sum: sums are made for each row, then over rows in float64.

// Channels of the projection's sums that are made at once: what of its filter stays in the first cache.
constexpr long projectDepth = 4 * expandedPanel;

// The block's packed weights and working memory.
struct BlockMemory {
  long panels, positions;          // of E; of an output map, rounded up
  float *depth;                    // [panels][positions][panel]: the depthwise convolution's output
  float *sums;                     // [outH][panels*panel]
  float *expand, *expandBias;      // [panels][I][panel], [panels][panel]
  float *filter, *filterBias;      // [panels][K*K][panel], [panels][panel]
  float *gate;                     // [panels*panel]
  float *project, *squeezed;       // [panels of O][panels*panel][..], [S]
};

// Rows first..last of the depthwise convolution's output for one panel of one image.
template <int K, int S>
void depthwiseStrip(const InvertedResidualCall& call, const BlockMemory& memory, const float* image, long panel, long first, long last) {
  const long w = call.w, reach = (call.outW - 1) * S + K, padded = reach > w + call.padLeft ? reach : w + call.padLeft;
  // Input rows that are made at once, so that the filter is read from the first cache a few times at least.
  const long step = (96 + S * w - 1) / (S * w), ring = K + step * S;
  const long size = padded * expandedPanel;
  float* rows = scratch(2, (ring + 1) * size);
  float* none = rows + ring * size;
  __builtin_memset(none, 0, size * sizeof(float));
  for (long r = 0; r < ring; r++) {
    float* row = rows + r * size;
    __builtin_memset(row, 0, call.padLeft * expandedPanel * sizeof(float));
    __builtin_memset(row + (call.padLeft + w) * expandedPanel, 0, (padded - call.padLeft - w) * expandedPanel * sizeof(float));
  }
  const float* expand = memory.expand + panel * call.inputs * expandedPanel;
  const float* expandBias = memory.expandBias + panel * expandedPanel;
  const float* filter = memory.filter + panel * K * K * expandedPanel;
  const float* bias = memory.filterBias + panel * expandedPanel;
  long made = first * S - call.padTop;  // input rows before this one are there
  if (made < 0) made = 0;
  for (long y = first; y < last; y++) {
    const long end = least(y * S - call.padTop + K, call.h);
    if (made < end) {
      const long until = least(call.h, least(y + step - 1, last - 1) * S - call.padTop + K);
      for (; made < until; made++) {
        float* row = rows + made % ring * size + call.padLeft * expandedPanel;
        const float* x = image + made * w * call.inputs;
        if (call.expandFilter != nullptr) {
          expandRow({x, 1, call.inputs, call.inputs, 0, false}, w, expand, expandBias, row);
        } else {
          for (long i = 0; i < w; i++) packPanel(x + i * call.inputs, call.inputs, panel * expandedPanel, row + i * expandedPanel);
        }
      }
    }
    const float* window[K];
    for (int i = 0; i < K; i++) {
      const long at = y * S - call.padTop + i;
      window[i] = at < 0 || at >= call.h ? none : rows + at % ring * size;
    }
    depthwiseRow<K, S>(window, call.outW, expandedPanel, filter, bias, memory.depth + (panel * memory.positions + y * call.outW) * expandedPanel,
                       memory.sums + (y * memory.panels + panel) * expandedPanel);
  }
}

// sigmoid(excite(swish(reduce(means)))), from the rows' sums.
inline void makeGate(const InvertedResidualCall& call, const BlockMemory& memory) {
  const long E = call.expanded, S = call.squeezed, step = memory.panels * expandedPanel;
  const double area = static_cast<double>(call.outH * call.outW);
  float* squeezed = memory.squeezed;
  for (long j = 0; j < S; j++) squeezed[j] = call.reduceBias[j];
  for (long e = 0; e < E; e++) {
    double sum = 0;
    for (long y = 0; y < call.outH; y++) sum += memory.sums[y * step + e];
    memory.gate[e] = static_cast<float>(sum / area);
  }
  for (long j = 0; j < S; j += W) {
    const int count = lanes(j, S);
    Vec sum[4] = {load(call.reduceBias + j, count), Vec{}, Vec{}, Vec{}};
    for (long e = 0; e < E; e++) sum[e % 4] += memory.gate[e] * load(call.reduceFilter + e * S + j, count);
    store(squeezed + j, swish((sum[0] + sum[1]) + (sum[2] + sum[3])), count);
  }
  for (long e = 0; e < E; e += W) {
    const int count = lanes(e, E);
    Vec sum[4] = {load(call.exciteBias + e, count), Vec{}, Vec{}, Vec{}};
    for (long j = 0; j < S; j++) sum[j % 4] += squeezed[j] * load(call.exciteFilter + j * E + e, count);
    store(memory.gate + e, sigmoid((sum[0] + sum[1]) + (sum[2] + sum[3])), count);
  }
}

// y = depth project + bias, and x where the block skips.
inline void projectRows(const InvertedResidualCall& call, const BlockMemory& memory, const float* residual, long first, long last, float* y) {
  const Panels panels(call.outputs);
  const long ld = panels.width(), E = memory.panels * expandedPanel, O = call.outputs, rows = roundUp(last - first, rowStep);
  float* c = scratch(2, rows * ld);
  for (long k = 0; k < E; k += projectDepth) {
    const long depth = least(projectDepth, E - k) / expandedPanel;
    for (long j = 0; j < panels.count; j++) {
      const int nv = panels.vectorsOf(j);
      const float* b = memory.project + j * 2 * W * E + k * nv * W;
      for (long i = 0; i < rows; i += accumulators / nv) {
        const float* a = memory.depth + (k / expandedPanel * memory.positions + first + i) * expandedPanel;
        float* to = c + i * ld + j * 2 * W;
        const long panelA = memory.positions * expandedPanel;
        if (j == 0) {
          for (long q = 0; q < depth; q++) prefetch(a + q * panelA + accumulators / nv * expandedPanel, accumulators / nv * expandedPanel);
        }
        if (nv == 2 && k == 0) pointwiseTile<2, false>(depth, expandedPanel, a, expandedPanel, panelA, b, to, ld);
        else if (nv == 2) pointwiseTile<2, true>(depth, expandedPanel, a, expandedPanel, panelA, b, to, ld);
        else if (k == 0) pointwiseTile<3, false>(depth, expandedPanel, a, expandedPanel, panelA, b, to, ld);
        else pointwiseTile<3, true>(depth, expandedPanel, a, expandedPanel, panelA, b, to, ld);
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

void invertedResidual(const InvertedResidualCall& call) {
  const long I = call.inputs, E = call.expanded, O = call.outputs, area = call.outH * call.outW;
  const int K = call.kernel, S = call.stride;
  const Panels panels(O);
  BlockMemory memory;
  memory.panels = panelsOf(E);
  const long width = memory.panels * expandedPanel;
  // An odd number of cache lines apart, so that panels do not fall into the same places of a cache.
  memory.positions = roundUp(area, rowStep) + rowStep;
  memory.depth = scratch(0, memory.positions * width);
  float* next = scratch(1, width * (call.outH + I + 1 + K * K + 2 + panels.width()) + call.squeezed + 8 * W);
  const auto take = [&next](long floats) {
    float* taken = next;
    next += roundUp(floats, W);
    return taken;
  };
  memory.sums = take(call.outH * width);
  memory.expand = take(I * width);
  memory.expandBias = take(width);
  memory.filter = take(K * K * width);
  memory.filterBias = take(width);
  memory.gate = take(width);
  memory.project = take(width * panels.width());
  memory.squeezed = take(call.squeezed);

  parallelFor(static_cast<int>(memory.panels), [&](int panel) {
    const long from = panel * expandedPanel;
    if (call.expandFilter != nullptr) {
      packPanels(call.expandFilter, I, E, panel, memory.expand + panel * I * expandedPanel);
      packPanel(call.expandBias, E, from, memory.expandBias + from);
    }
    packPanels(call.depthFilter, K * K, E, panel, memory.filter + panel * K * K * expandedPanel);
    packPanel(call.depthBias, E, from, memory.filterBias + from);
  });

  for (long n = 0; n < call.n; n++) {
    const float* image = call.x + n * call.h * call.w * I;
    float* y = call.y + n * area * O;
    // A strip makes K - S of its expanded rows again: long strips, but some for every thread.
    const long wanted = (8 * threads() + memory.panels - 1) / memory.panels;
    const long strip = roundUp(call.outH, wanted) / wanted, strips = (call.outH + strip - 1) / strip;
    parallelFor(static_cast<int>(strips * memory.panels), [&](int item) {
      const long panel = item % memory.panels, first = item / memory.panels * strip, last = least(first + strip, call.outH);
      const auto run = K == 3 ? (S == 1 ? depthwiseStrip<3, 1> : depthwiseStrip<3, 2>) : (S == 1 ? depthwiseStrip<5, 1> : depthwiseStrip<5, 2>);
      run(call, memory, image, panel, first, last);
    });
    makeGate(call, memory);
    parallelFor(static_cast<int>((width + projectDepth - 1) / projectDepth), [&](int item) {
      const long k = item * projectDepth, depth = least(projectDepth, E - k), rest = least(projectDepth, width - k) - depth;
      for (long j = 0; j < panels.count; j++) {
        const int nv = panels.vectorsOf(j);
        float* to = memory.project + j * 2 * W * width + k * nv * W;
        packRows(call.projectFilter, O, memory.gate, k, depth, j * 2 * W, nv, to);
        __builtin_memset(to + depth * nv * W, 0, rest * nv * W * sizeof(float));
      }
    });
    const long rows = area >= 8 * rowStep * 4 * threads() ? 4 * rowStep : 2 * rowStep;
    parallelFor(static_cast<int>((area + rows - 1) / rows), [&](int item) {
      projectRows(call, memory, call.skip ? image : nullptr, item * rows, least((item + 1) * rows, area), y);
    });
  }
}
