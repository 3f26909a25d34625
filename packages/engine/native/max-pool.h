// Max pooling and its gradient.
// Included once for each instruction set, inside its namespace (see isa.h).

constexpr long poolChunk = 4 * W;  // channels of an item of the gradient

// The part of a window along one edge that lies on the map.
struct Span {
  long from, end;
};
inline Span spanOf(long output, const PoolShape& s, long size) {
  const long start = output * s.stride - s.pad;
  return {start < 0 ? 0 : start, least(start + s.kernel, size)};
}

void maxPool(const MaxPoolCall& call) {
  const PoolShape& s = call.shape;
  parallelFor(static_cast<int>(s.n * s.outH), [&](int item) {
    const long image = item / s.outH, i = item % s.outH;
    const Span rows = spanOf(i, s, s.h);
    const float* x = call.x + image * s.h * s.w * s.c;
    float* y = call.y + (image * s.outH + i) * s.outW * s.c;
    for (long j = 0; j < s.outW; j++, y += s.c) {
      const Span columns = spanOf(j, s, s.w);
      for (long k = 0; k < s.c; k += W) {
        const int count = lanes(k, s.c);
        Vec most = load(x + (rows.from * s.w + columns.from) * s.c + k, count);
        for (long a = rows.from; a < rows.end; a++) {
          for (long b = columns.from; b < columns.end; b++) most = larger(load(x + (a * s.w + b) * s.c + k, count), most);
        }
        store(y + k, most, count);
      }
    }
  });
}

// An item is some channels of one image: windows overlap, so that rows cannot be shared out.
void maxPoolGrad(const MaxPoolGradCall& call) {
  const PoolShape& s = call.shape;
  const long chunks = (s.c + poolChunk - 1) / poolChunk;
  parallelFor(static_cast<int>(s.n * chunks), [&](int item) {
    const long image = item / chunks, first = item % chunks * poolChunk, last = least(first + poolChunk, s.c);
    const float* x = call.x + image * s.h * s.w * s.c;
    float* dx = call.dx + image * s.h * s.w * s.c;
    for (long p = 0; p < s.h * s.w; p++) {
      for (long k = first; k < last; k += W) store(dx + p * s.c + k, Vec{}, lanes(k, last));
    }
    for (long i = 0; i < s.outH; i++) {
      const Span rows = spanOf(i, s, s.h);
      for (long j = 0; j < s.outW; j++) {
        const Span columns = spanOf(j, s, s.w);
        const long at = ((image * s.outH + i) * s.outW + j) * s.c;
        for (long k = first; k < last; k += W) {
          const int count = lanes(k, last);
          const Vec most = load(call.y + at + k, count);
          Vec left = load(call.dy + at + k, count);  // 0 once it has been given to the first of the largest
          for (long a = rows.from; a < rows.end; a++) {
            for (long b = columns.from; b < columns.end; b++) {
              const long to = (a * s.w + b) * s.c + k;
              const auto hit = load(x + to, count) == most;
              store(dx + to, load(dx + to, count) + (hit ? left : Vec{}), count);
              left = hit ? Vec{} : left;
            }
          }
        }
      }
    }
  });
}
