// What makes the channels that a depthwise convolution reads: sums of products, a bias, swish.
// Included once for each instruction set, inside its namespace (see isa.h).

// Notation: NV: vectors of a panel; panel: its channels, NV*W.

// Vectors of the panels that leave the fewest channels empty.
inline int panelVectors(long channels) { return roundUp(channels, 2 * W) < roundUp(channels, 3 * W) ? 2 : 3; }

// What the values of a row of positions are made of: position i reads `parts` stretches of `depth` values, the first at
// data + i*step, each `apart` from the one before.
struct Window {
  const float* data;
  long parts, depth, step, apart;
  bool goesOn;  // memory may be read for positions beyond the last, up to a whole tile
};

// e[0..count][panel] = swish(window filter + bias), filter: [parts*depth][panel].
template <int NV>
inline void expandRow(const Window& window, long count, const float* filter, const float* bias, float* e) {
  constexpr long panel = NV * W, tileRows = accumulators / NV;
  const auto finish = [&](const float* sums, long rows, float* to) {
    for (long i = 0; i < rows * panel; i += panel) {
      for (int j = 0; j < panel; j += W) store(to + i + j, swish(load(sums + i + j) + load(bias + j)));
    }
  };
  long i = 0;
  for (; i + tileRows <= count; i += tileRows) {
    const float* data = window.data + i * window.step;
    float* to = e + i * panel;
    pointwiseTile<NV, false>(window.parts, window.depth, data, window.step, window.apart, filter, to, panel);
    finish(to, tileRows, to);
  }
  if (i == count) return;
  alignas(64) float tile[tileRows * panel];
  const float* data = window.data + i * window.step;
  long step = window.step;
  if (!window.goesOn) {
    // One part here: the last positions, and zeros.
    float* copy = scratch(3, tileRows * window.depth);
    __builtin_memset(copy, 0, tileRows * window.depth * sizeof(float));
    for (long r = 0; r < count - i; r++) __builtin_memcpy(copy + r * window.depth, data + r * step, window.depth * sizeof(float));
    data = copy, step = window.depth;
  }
  pointwiseTile<NV, false>(window.parts, window.depth, data, step, window.apart, filter, tile, panel);
  finish(tile, count - i, e + i * panel);
}

// Panel `index` of a matrix [rows][channels], to [rows][panel]; zeros beyond the last channel.
template <int NV>
inline void packPanel(const float* matrix, long rows, long channels, long index, float* to) {
  for (long i = 0; i < rows; i++, matrix += channels) {
    for (int j = 0; j < NV; j++, to += W) {
      const long from = (index * NV + j) * W;
      store(to, load(matrix + from, lanes(from, channels)));
    }
  }
}
