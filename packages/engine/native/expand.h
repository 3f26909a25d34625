// What makes the channels that a depthwise convolution reads: sums of products, a bias, swish.
// Included once for each instruction set, inside its namespace (see isa.h).

// Channels that are made side by side, and positions one below the other.
constexpr int expandedVectors = 3;
constexpr long expandedPanel = expandedVectors * W;
constexpr long expandedRows = accumulators / expandedVectors;

// What the values of a row of positions are made of: position i reads `parts` stretches of `depth` values, the first at
// data + i*step, each `apart` from the one before.
struct Window {
  const float* data;
  long parts, depth, step, apart;
  bool goesOn;  // memory may be read for positions beyond the last, up to a multiple of expandedRows
};

// e[0..count][panel] = swish(window filter + bias), filter: [parts*depth][panel].
inline void expandRow(const Window& window, long count, const float* filter, const float* bias, float* e) {
  const auto finish = [&](const float* sums, long rows, float* to) {
    for (long i = 0; i < rows * expandedPanel; i += expandedPanel) {
      for (int j = 0; j < expandedPanel; j += W) store(to + i + j, swish(load(sums + i + j) + load(bias + j)));
    }
  };
  long i = 0;
  for (; i + expandedRows <= count; i += expandedRows) {
    const float* data = window.data + i * window.step;
    float* to = e + i * expandedPanel;
    prefetch(data + expandedRows * window.step, expandedRows * window.step);
    pointwiseTile<expandedVectors, false>(window.parts, window.depth, data, window.step, window.apart, filter, to, expandedPanel);
    finish(to, expandedRows, to);
  }
  if (i == count) return;
  alignas(64) float tile[expandedRows * expandedPanel];
  const float* data = window.data + i * window.step;
  long step = window.step;
  if (!window.goesOn) {
    // One part here: the last positions, and zeros.
    float* copy = scratch(3, expandedRows * window.depth);
    __builtin_memset(copy, 0, expandedRows * window.depth * sizeof(float));
    for (long r = 0; r < count - i; r++) __builtin_memcpy(copy + r * window.depth, data + r * step, window.depth * sizeof(float));
    data = copy, step = window.depth;
  }
  pointwiseTile<expandedVectors, false>(window.parts, window.depth, data, step, window.apart, filter, tile, expandedPanel);
  finish(tile, count - i, e + i * expandedPanel);
}

// Channels `from`.. of one panel, zeros beyond the last.
inline void packPanel(const float* values, long channels, long from, float* to) {
  for (int j = 0; j < expandedPanel; j += W) {
    const int count = lanes(from + j, channels);
    store(to + j, count <= 0 ? Vec{} : load(values + from + j, count));
  }
}

// Panel `index` of a matrix [rows][channels], to [rows][panel].
inline void packPanels(const float* matrix, long rows, long channels, long index, float* to) {
  for (long i = 0; i < rows; i++) packPanel(matrix + i * channels, channels, index * expandedPanel, to + i * expandedPanel);
}

inline long panelsOf(long channels) { return (channels + expandedPanel - 1) / expandedPanel; }
