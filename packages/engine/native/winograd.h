// Convolutions of 3x3 and 5x5 filters and their gradients by minimal filtering on tiles of NxN inputs (see transforms.h).
// Included once for each instruction set, inside its namespace (see isa.h).
//
// Notation: N, M, R: sides of a tile's input, of its output and of the filter, M = N + 1 - R; T: number of tiles;
// C, K: channels in, out.
//   V[NN][T][C]: transformed inputs;  U[NN][C][K]: transformed filters;  P[NN][T][K]: products, P = V U for each of the NN.
//   y = P transformed back.   dP = dy transformed;  dV = dP U^T;  dU = V^T dP.
// V and P are blocked so that what a stage writes is in the cache when the next reads it.

// Bytes of a block: a few of them fit into the last cache beside each other.
constexpr long blockFloats = (6 << 20) / 4;

// Tiles of a convolution's output, and where their inputs lie.
template <int N, int R>
struct Tiles {
  static constexpr int M = N + 1 - R;
  const ConvShape& shape;
  long down, across, count;

  explicit Tiles(const ConvShape& of) : shape(of), down((of.outH() + M - 1) / M), across((of.outW() + M - 1) / M), count(of.n * down * across) {}

  struct Place {
    long image, y, x;  // of the tile's first output
  };
  Place at(long tile) const { return {tile / (down * across), tile / across % down * M, tile % across * M}; }

  // For each of N positions along an axis its index in the input, or -1 where there is none. `from` is the tile's first
  // output, `outputs` their number along the axis: a tile that reaches further reads nothing there.
  void indices(long from, long length, long outputs, long to[N]) const {
    for (int i = 0; i < N; i++) {
      const long at = from + i - shape.pad;
      if (from + i >= outputs + R - 1) to[i] = -1;
      else if (at >= 0 && at < length) to[i] = at;
      else to[i] = shape.replicate ? (at < 0 ? 0 : length - 1) : -1;
    }
  }

  struct Window {
    long row[N], column[N];
    bool inside;  // no index is -1
  };
  Window window(const Place& place) const {
    Window window;
    indices(place.y, shape.h, shape.outH(), window.row);
    indices(place.x, shape.w, shape.outW(), window.column);
    window.inside = true;
    for (int i = 0; i < N; i++) window.inside = window.inside && window.row[i] >= 0 && window.column[i] >= 0;
    return window;
  }
};

// Distance of the NN planes of V, U and P, each of that many values: a line beyond a multiple of the memory that shares a
// place in the first cache. Otherwise the NN values of one channel would all have to be in the same few lines of it.
inline long planeOf(long values) { return roundUp(values, 1024) + 16; }

// Tiles that one item of a stage takes.
constexpr long tilesPerItem = 6;

inline int itemsOf(long tiles) { return static_cast<int>((tiles + tilesPerItem - 1) / tilesPerItem); }

// V of tiles from..end: [NN][rows][ld], tile `from` first. Channels from C to ld, and rows beyond the tiles, become zeros.
template <int N, int R>
void makeV(const Tiles<N, R>& tiles, const float* x, long from, long end, long rows, long ld, float* v) {
  const auto& [n, h, w, c, k, kernel, pad, replicate] = tiles.shape;
  const long plane = planeOf(rows * ld), channels = c;
  const long pixel = c, line = w * c, image = h * line;
  parallelFor(itemsOf(rows), [&](int item) {
    const long last = least((item + 1) * tilesPerItem, rows);
    for (long t = item * tilesPerItem; t < last; t++) {
      float* to = v + t * ld;
      if (from + t >= end) {
        for (int q = 0; q < N * N; q++) __builtin_memset(to + q * plane, 0, ld * sizeof(float));
        continue;
      }
      const auto place = tiles.at(from + t);
      const auto window = tiles.window(place);
      const float* source = x + place.image * image;
      for (long j = 0; j < ld; j += W) {
        Vec d[N * N], result[N * N];
        const int count = lanes(j, channels);
        if (count <= 0) {
          for (int q = 0; q < N * N; q++) store(to + q * plane + j, Vec{});
          continue;
        }
        for (int i = 0; i < N; i++) {
          for (int q = 0; q < N; q++) {
            const bool there = window.inside || (window.row[i] >= 0 && window.column[q] >= 0);
            d[i * N + q] = there ? load(source + window.row[i] * line + window.column[q] * pixel + j, count) : Vec{};
          }
        }
        bothWays<N, N>(d, result, transformInput<N>);
        for (int q = 0; q < N * N; q++) store(to + q * plane + j, result[q]);
      }
    }
  });
}

// Adds to dx what dV of tiles from..end, channels j0..j0+block, gives back: the transpose of makeV.
template <int N, int R>
void addV(const Tiles<N, R>& tiles, const float* dv, long from, long end, long rows, long ld, long j0, float* dx) {
  const auto& [n, h, w, c, k, kernel, pad, replicate] = tiles.shape;
  const long plane = planeOf(rows * ld), pixel = c, line = w * c, image = h * line;
  const long width = least(ld, c - j0), first = j0;
  // Tiles overlap, channels do not.
  parallelFor(static_cast<int>((width + W - 1) / W), [&](int item) {
    const long j = static_cast<long>(item) * W;
    const int count = lanes(j, width);
    for (long t = 0; t < end - from; t++) {
      const auto place = tiles.at(from + t);
      const auto window = tiles.window(place);
      Vec v[N * N], d[N * N];
      for (int q = 0; q < N * N; q++) v[q] = load(dv + q * plane + t * ld + j);
      bothWays<N, N>(v, d, transposeInput<N>);
      float* target = dx + place.image * image + first + j;
      for (int i = 0; i < N; i++) {
        for (int q = 0; q < N; q++) {
          if (!window.inside && (window.row[i] < 0 || window.column[q] < 0)) continue;
          float* at = target + window.row[i] * line + window.column[q] * pixel;
          store(at, load(at, count) + d[i * N + q], count);
        }
      }
    }
  });
}

// U of input channels c0..c1 and of `panels` panels of output channels from k0 on: [NN][panels][c1-c0][NR], `plane` apart.
template <int N, int R>
inline void filterRows(const ConvShape& shape, const float* filter, long c0, long c1, long k0, long panels, float* u, long panel, long plane) {
  // The rows of a filter lie a page apart, where the processor does not look ahead by itself.
  constexpr long ahead = 3, line = 16;
  for (long i = c0; i < c1; i++) {
    const long later = least(i + ahead, shape.c - 1), end = least(k0 + panels * NR, shape.k);
    for (int q = 0; q < R * R; q++) {
      for (long j = k0; j < end; j += line) __builtin_prefetch(filter + (q * shape.c + later) * shape.k + j);
    }
    for (long j = 0; j < panels * NR; j += W) {
      const int count = lanes(k0 + j, shape.k);
      float* to = u + j / NR * panel + (i - c0) * NR + j % NR;
      Vec g[R * R], result[N * N];
      for (int q = 0; q < R * R; q++) g[q] = count <= 0 ? Vec{} : load(filter + (q * shape.c + i) * shape.k + k0 + j, count);
      bothWays<R, N>(g, result, transformFilter<N, R>);
      for (int q = 0; q < N * N; q++) store(to + q * plane, result[q]);
    }
  }
}

// U of output channels k0..: [NN][panels][C][NR]. Channels beyond K become zeros.
template <int N, int R>
void makeU(const ConvShape& shape, const float* filter, long k0, long panels, float* u) {
  const long c = shape.c, plane = planeOf(panels * c * NR);
  constexpr long perItem = 8;
  parallelFor(static_cast<int>((c + perItem - 1) / perItem), [&](int item) {
    const long first = item * perItem, last = least(first + perItem, c);
    filterRows<N, R>(shape, filter, first, last, k0, panels, u + first * NR, c * NR, plane);
  });
}

// U of input channels c0.., turned over: [NN][panels][K][NR], rows are output channels. Channels beyond C become zeros.
template <int N, int R>
void makeTurnedU(const ConvShape& shape, const float* filter, long c0, long panels, float* u) {
  const long c = shape.c, k = shape.k, plane = planeOf(panels * k * NR);
  // Output channels of an item: as many as a few lines of a filter's row hold.
  constexpr int some = 4 * 16;
  parallelFor(static_cast<int>((k + some - 1) / some), [&](int item) {
    const long o0 = static_cast<long>(item) * some;
    const long outputs = least(some, k - o0);
    alignas(64) float turned[R * R][some][W];  // [tap][output][input]
    for (long j = 0; j < panels * NR; j += W) {
      const int count = lanes(c0 + j, c);
      if (count < W) __builtin_memset(turned, 0, sizeof turned);
      for (int q = 0; q < R * R; q++) {
        for (int i = 0; i < count; i++) {
          const float* row = filter + (q * c + c0 + j + i) * k + o0;
          for (long o = 0; o < outputs; o++) turned[q][o][i] = row[o];
        }
      }
      for (long o = 0; o < outputs; o++) {
        float* to = u + (j / NR * k + o0 + o) * NR + j % NR;
        Vec g[R * R], result[N * N];
        for (int q = 0; q < R * R; q++) g[q] = load(turned[q][o]);
        bothWays<R, N>(g, result, transformFilter<N, R>);
        for (int q = 0; q < N * N; q++) store(to + q * plane, result[q]);
      }
    }
  });
}

// y of one tile and of output channels k0..k0+width from its products, `plane` apart.
template <int N, int R>
inline void finishTile(const Tiles<N, R>& tiles, const float* products, long plane, long tile, long k0, long width, const ConvolveCall& call) {
  constexpr int M = N + 1 - R;
  const long k = call.shape.k, outH = call.shape.outH(), outW = call.shape.outW();
  const auto place = tiles.at(tile);
  const long down = least(M, outH - place.y), across = least(M, outW - place.x);
  for (long j = 0; j < width; j += W) {
    const int count = lanes(j, width);
    Vec product[N * N], result[M * M];
    for (int q = 0; q < N * N; q++) product[q] = load(products + q * plane + j);
    bothWays<N, M>(product, result, transformOutput<N, M>);
    for (long i = 0; i < down; i++) {
      for (long q = 0; q < across; q++) {
        const long position = (place.y + i) * outW + place.x + q;
        const long at = (place.image * outH * outW + position) * k + k0 + j;
        Vec v = result[i * M + q];
        if (call.offset.data != nullptr) v += load(call.offset.data + place.image * call.offset.image + position * call.offset.place + k0 + j, count);
        if (call.slope != 1) v = larger(v, call.slope * v);
        if (call.residual != nullptr) v += load(call.residual + at, count);
        store(call.y + at, v, count);
      }
    }
  }
}

// y of tiles from..end and output channels k0.. from their P [NN][rows][ld].
template <int N, int R>
void finishY(const Tiles<N, R>& tiles, const float* products, long from, long end, long rows, long ld, long k0, const ConvolveCall& call) {
  const long width = least(ld, call.shape.k - k0);
  parallelFor(itemsOf(end - from), [&](int item) {
    const long last = least((item + 1) * tilesPerItem, end - from);
    for (long t = item * tilesPerItem; t < last; t++) finishTile<N, R>(tiles, products + t * ld, planeOf(rows * ld), from + t, k0, width, call);
  });
}

// The gradient at one output position, before the activation.
inline Vec gradientAt(const OutputGradient& gradient, long at, int count) {
  const Vec dy = load(gradient.dy + at, count);
  if (gradient.y == nullptr) return dy;
  return load(gradient.y + at, count) > 0 ? dy : gradient.slope * dy;
}

// dP of tiles from..end, output channels k0..k0+width, in panels or rows: to + q*plane + t*step + j/NR*panel + j%NR.
// `sums`: where the sums of the gradient over an item's positions go, [items][K]; null: nowhere.
template <int N, int R>
void makeDP(const Tiles<N, R>& tiles, const OutputGradient& gradient, long from, long end, long rows, long k0, long width, long plane, long step, long panel,
            float* to, float* sums) {
  constexpr int M = N + 1 - R;
  const auto& shape = tiles.shape;
  const long k = shape.k, outH = shape.outH(), outW = shape.outW();
  parallelFor(itemsOf(rows), [&](int item) {
    const long first = item * tilesPerItem, last = least((item + 1) * tilesPerItem, rows);
    for (long j = 0; j < width; j += W) {
      const int count = lanes(k0 + j, k);
      float* column = to + j / NR * panel + j % NR;
      Vec sum{};
      for (long t = first; t < last; t++) {
        if (count <= 0 || from + t >= end) {
          for (int q = 0; q < N * N; q++) store(column + q * plane + t * step, Vec{});
          continue;
        }
        const auto place = tiles.at(from + t);
        Vec d[M * M], result[N * N];
        for (int i = 0; i < M; i++) {
          for (int q = 0; q < M; q++) {
            const bool there = place.y + i < outH && place.x + q < outW;
            d[i * M + q] = there ? gradientAt(gradient, ((place.image * outH + place.y + i) * outW + place.x + q) * k + k0 + j, count) : Vec{};
            sum += d[i * M + q];
          }
        }
        bothWays<M, N>(d, result, transposeOutput<N, M>);
        for (int q = 0; q < N * N; q++) store(column + q * plane + t * step, result[q]);
      }
      if (sums != nullptr && count > 0) store(sums + item * k + k0 + j, sum, count);
    }
  });
}

// dFilter of input channels c0..c0+height and output channels k0.. from dU [NN][height][ld].
template <int N, int R>
void finishDFilter(const ConvShape& shape, const float* du, long c0, long height, long rows, long ld, long k0, float* dFilter) {
  const long c = shape.c, k = shape.k, plane = planeOf(rows * ld), width = least(ld, k - k0);
  parallelFor(static_cast<int>(height), [&](int item) {
    for (long j = 0; j < width; j += W) {
      Vec u[N * N], g[R * R];
      for (int q = 0; q < N * N; q++) u[q] = load(du + q * plane + item * ld + j);
      bothWays<N, R>(u, g, transposeFilter<N, R>);
      for (int q = 0; q < R * R; q++) store(dFilter + (q * c + c0 + item) * k + k0 + j, g[q], lanes(j, width));
    }
  });
}

// Panels of channels that a block takes: at most 4, and blocks of equal size.
inline long panelsPerBlock(long channels) {
  const long panels = (channels + NR - 1) / NR, blocks = (panels + 3) / 4;
  return (panels + blocks - 1) / blocks;
}

// Distance of rows of V: whole vectors, and rows do not fall into the same place of the first cache.
inline long leadingDimension(long channels) { return roundUp(channels, W) + 16; }

// Tiles that a block of `floatsPerTile` values each may have.
inline long tilesPerBlock(long floatsPerTile) {
  const long tiles = blockFloats / floatsPerTile / MR * MR;
  return tiles < MR ? MR : tiles;
}

// The filters of all blocks at once where they stay in the last cache with a block of V: then V is made block by block
// and never leaves the cache. Otherwise V is made whole, and the filters block by block.
template <int N>
inline bool keepAllFilters(long c, long k) { return N * N * c * roundUp(k, NR) <= 2 * blockFloats; }

// What a thread takes at once where there are few tiles: U and P of that many panels stay in its own cache.
constexpr long fewTiles = 80, fewPanels = 2, fewDepth = 96;

// Few tiles: the filters are most of the work, and each is used once. A thread takes a panel of output channels from its
// filters to its part of y by itself, and U and P stay in that thread's own cache.
template <int N, int R>
void convolveFewTiles(const ConvolveCall& call, const Tiles<N, R>& tiles) {
  const ConvShape& shape = call.shape;
  const long c = shape.c, rows = roundUp(tiles.count, MR), ld = leadingDimension(c);
  const long planeV = planeOf(rows * ld), planeP = planeOf(rows * fewPanels * NR);
  float* v = scratch(0, N * N * planeV);
  makeV<N, R>(tiles, call.x, 0, tiles.count, rows, ld, v);
  const long panels = (shape.k + NR - 1) / NR;
  parallelFor(static_cast<int>((panels + fewPanels - 1) / fewPanels), [&](int item) {
    const long k0 = static_cast<long>(item) * fewPanels * NR, here = least(fewPanels, panels - item * fewPanels), width = here * NR;
    float* u = scratch(1, N * N * planeOf(fewDepth * width));
    float* products = scratch(2, N * N * planeP);
    for (long c0 = 0; c0 < c; c0 += fewDepth) {
      const long depth = least(fewDepth, c - c0), panel = depth * NR, plane = planeOf(here * panel);
      filterRows<N, R>(shape, call.filter, c0, c0 + depth, k0, here, u, panel, plane);
      for (int q = 0; q < N * N; q++) {
        multiply<false>(rows, here, depth, v + q * planeV + c0, ld, u + q * plane, panel, products + q * planeP, width, c0 > 0);
      }
    }
    for (long t = 0; t < tiles.count; t++) finishTile<N, R>(tiles, products + t * width, planeP, t, k0, least(width, shape.k - k0), call);
  });
}

template <int N, int R>
void convolveBy(const ConvolveCall& call) {
  const ConvShape& shape = call.shape;
  const Tiles<N, R> tiles(shape);
  if (tiles.count <= fewTiles) return convolveFewTiles<N, R>(call, tiles);
  const long c = shape.c, ld = leadingDimension(c), panels = (shape.k + NR - 1) / NR, perBlock = panelsPerBlock(shape.k);
  const bool all = keepAllFilters<N>(c, shape.k);
  const long outer = all ? least(tilesPerBlock(N * N * ld), roundUp(tiles.count, MR)) : roundUp(tiles.count, MR);
  const long inner = least(tilesPerBlock(N * N * perBlock * NR), outer);
  const long width = perBlock * NR, planeU = planeOf(c * width), blockU = N * N * planeU;
  float* v = scratch(0, N * N * planeOf(outer * ld));
  float* u = scratch(1, blockU * (all ? (panels + perBlock - 1) / perBlock : 1));
  float* products = scratch(2, N * N * planeOf(inner * width));
  if (all) {
    for (long b = 0; b < panels; b += perBlock) makeU<N, R>(shape, call.filter, b * NR, perBlock, u + b / perBlock * blockU);
  }
  for (long from = 0; from < tiles.count; from += outer) {
    const long end = least(from + outer, tiles.count), rows = roundUp(end - from, MR);
    const long planeV = planeOf(rows * ld);
    makeV<N, R>(tiles, call.x, from, end, rows, ld, v);
    for (long b = 0; b < panels; b += perBlock) {
      if (!all) makeU<N, R>(shape, call.filter, b * NR, perBlock, u);
      const float* ub = all ? u + b / perBlock * blockU : u;
      for (long t = 0; t < end - from; t += inner) {
        const long part = least(inner, rows - t), planeP = planeOf(part * width);
        parallelFor(N * N, [&](int q) {
          multiply<false>(part, perBlock, c, v + q * planeV + t * ld, ld, ub + q * planeU, c * NR, products + q * planeP, width);
        });
        finishY<N, R>(tiles, products, from + t, least(from + t + part, end), part, width, b * NR, call);
      }
    }
  }
}

template <int N, int R>
void convInputGradBy(const ConvInputGradCall& call) {
  const ConvShape& shape = call.shape;
  const Tiles<N, R> tiles(shape);
  const long k = shape.k, ld = leadingDimension(k), panels = (shape.c + NR - 1) / NR, perBlock = panelsPerBlock(shape.c);
  const bool all = keepAllFilters<N>(k, shape.c);
  const long outer = all ? least(tilesPerBlock(N * N * ld), roundUp(tiles.count, MR)) : roundUp(tiles.count, MR);
  const long inner = least(tilesPerBlock(N * N * perBlock * NR), outer);
  const long width = perBlock * NR, planeU = planeOf(k * width), blockU = N * N * planeU;
  float* dp = scratch(0, N * N * planeOf(outer * ld));
  float* u = scratch(1, blockU * (all ? (panels + perBlock - 1) / perBlock : 1));
  float* dv = scratch(2, N * N * planeOf(inner * width));
  if (all) {
    for (long b = 0; b < panels; b += perBlock) makeTurnedU<N, R>(shape, call.filter, b * NR, perBlock, u + b / perBlock * blockU);
  }
  const long size = shape.n * shape.h * shape.w * shape.c, chunk = 1 << 16;
  parallelFor(static_cast<int>((size + chunk - 1) / chunk), [&](int item) {
    __builtin_memset(call.dx + item * chunk, 0, least(chunk, size - item * chunk) * sizeof(float));
  });
  for (long from = 0; from < tiles.count; from += outer) {
    const long end = least(from + outer, tiles.count), rows = roundUp(end - from, MR);
    const long planeP = planeOf(rows * ld);
    makeDP<N, R>(tiles, call.gradient, from, end, rows, 0, ld, planeP, ld, NR, dp, nullptr);
    for (long b = 0; b < panels; b += perBlock) {
      if (!all) makeTurnedU<N, R>(shape, call.filter, b * NR, perBlock, u);
      const float* ub = all ? u + b / perBlock * blockU : u;
      for (long t = 0; t < end - from; t += inner) {
        const long part = least(inner, rows - t), planeV = planeOf(part * width);
        parallelFor(N * N, [&](int q) {
          multiply<false>(part, perBlock, k, dp + q * planeP + t * ld, ld, ub + q * planeU, k * NR, dv + q * planeV, width);
        });
        addV<N, R>(tiles, dv, from + t, least(from + t + part, end), part, width, b * NR, call.dx);
      }
    }
  }
}

template <int N, int R>
void convFilterGradBy(const ConvFilterGradCall& call) {
  const ConvShape& shape = call.shape;
  const Tiles<N, R> tiles(shape);
  const long c = shape.c, k = shape.k, rows = tiles.count, perBlock = panelsPerBlock(k), panels = (k + NR - 1) / NR, width = perBlock * NR;
  const long ld = roundUp(roundUp(c, MR), W) + 16;
  // Input channels of a block of dU.
  const long height = least(roundUp(c, MR), tilesPerBlock(N * N * width));
  const long planeV = planeOf(rows * ld), planeP = planeOf(rows * width);
  float* v = scratch(0, N * N * planeV);
  float* dp = scratch(1, N * N * planeP);
  float* du = scratch(2, N * N * planeOf(height * width));
  const int items = itemsOf(rows);
  float* sums = scratch(3, items * k);
  makeV<N, R>(tiles, call.x, 0, rows, rows, ld, v);
  for (long b = 0; b < panels; b += perBlock) {
    makeDP<N, R>(tiles, call.gradient, 0, rows, rows, b * NR, width, planeP, NR, rows * NR, dp, sums);
    for (long c0 = 0; c0 < c; c0 += height) {
      const long part = least(height, roundUp(c - c0, MR));
      const long planeU = planeOf(part * width);
      parallelFor(N * N, [&](int q) {
        multiply<true>(part, perBlock, rows, v + q * planeV + c0, ld, dp + q * planeP, rows * NR, du + q * planeU, width);
      });
      finishDFilter<N, R>(shape, du, c0, least(part, c - c0), part, width, b * NR, call.dFilter);
    }
  }
  for (long j = 0; j < k; j++) {
    double sum = 0;
    for (int item = 0; item < items; item++) sum += sums[item * k + j];
    call.dBias[j] = static_cast<float>(sum);
  }
}

// 3x3 filters on tiles of 6, which give 4x4 outputs. 5x5 filters give 2x2 on tiles of 6 and 4x4 on tiles of 8, in half the
// time and with twice the error: that is well for gradients, but not for y, whose errors a flow's inverse amplifies.
void convolve(const ConvolveCall& call) { call.shape.kernel == 3 ? convolveBy<6, 3>(call) : convolveBy<6, 5>(call); }
void convInputGrad(const ConvInputGradCall& call) { call.shape.kernel == 3 ? convInputGradBy<6, 3>(call) : convInputGradBy<8, 5>(call); }
void convFilterGrad(const ConvFilterGradCall& call) { call.shape.kernel == 3 ? convFilterGradBy<6, 3>(call) : convFilterGradBy<8, 5>(call); }
