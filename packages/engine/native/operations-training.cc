// What training takes beside convolutions.
#include "kernels.h"
#include "operations.h"

namespace blemish {
namespace {

// w, g, m, v and the step's factors beta1, beta2, a, e, l2 -> w, m, v.
void adam(Call& call) {
  const long size = call.size(0);
  if (call.size(1) != size || call.size(2) != size || call.size(3) != size || call.size(4) != 5) return call.refuse("adam: expected four tensors of one size, and 5 factors");
  const float* factor = call.input(4);
  float *w = call.outputLike(0, 0), *m = call.outputLike(1, 0), *v = call.outputLike(2, 0);
  if (w == nullptr || m == nullptr || v == nullptr) return;
  kernels().adam({size, call.input(0), call.input(1), call.input(2), call.input(3), factor[0], factor[1], factor[2], factor[3], factor[4], w, m, v});
}

// Setting: 1 where the statistics are the batch's own. Number: epsilon.
// The slope, one value, is an input: there is one number for each operation.

// x, scale, offset, mean, variance, residual, slope -> y, mean, variance
void batchNorm(Call& call) {
  const long channels = call.size(1), positions = channels == 0 ? 0 : call.size(0) / channels;
  const bool training = call.setting(0) != 0;
  const bool fits = call.rank(0) == 4 && call.dim(0, 3) == channels && call.size(2) == channels && call.size(6) == 1 &&
                    (training || (call.size(3) == channels && call.size(4) == channels)) && (call.size(5) == 0 || call.size(5) == call.size(0));
  if (!fits || positions == 0) return call.refuse("batch norm: expected x [N,h,w,C], values for its C channels, and a residual of its shape or none");
  float *y = call.outputLike(0, 0), *mean = call.output(1, {channels}), *variance = call.output(2, {channels});
  if (y == nullptr || mean == nullptr || variance == nullptr) return;
  for (long i = 0; !training && i < channels; i++) mean[i] = call.input(3)[i], variance[i] = call.input(4)[i];
  kernels().batchNorm({positions, channels, call.input(0), call.input(1), call.input(2), call.size(5) == 0 ? nullptr : call.input(5), call.number(), *call.input(6), training, mean, variance, y});
}

// dy, x, scale, offset, mean, variance, slope -> dx, dScale, dOffset
void batchNormGrad(Call& call) {
  const long channels = call.size(2), positions = channels == 0 ? 0 : call.size(1) / channels;
  const bool fits = call.size(0) == call.size(1) && call.rank(1) == 4 && call.dim(1, 3) == channels && call.size(3) == channels && call.size(4) == channels &&
                    call.size(5) == channels && call.size(6) == 1;
  if (!fits || positions == 0) return call.refuse("batch norm gradient: expected dy of x's shape, and values for its C channels");
  float *dx = call.outputLike(0, 1), *dScale = call.output(1, {channels}), *dOffset = call.output(2, {channels});
  if (dx == nullptr || dScale == nullptr || dOffset == nullptr) return;
  kernels().batchNormGrad({positions, channels, call.input(0), call.input(1), call.input(2), call.input(3), call.input(4), call.input(5), call.number(), *call.input(6), call.setting(0) != 0, dx, dScale, dOffset});
}

// Pooling's settings: kernel, stride, padding.
bool readPool(Call& call, PoolShape& shape) {
  if (call.rank(0) != 4) return call.refuse("max pool: expected x [N,h,w,C]"), false;
  const long kernel = call.setting(0), stride = call.setting(1), pad = call.setting(2), h = call.dim(0, 1), w = call.dim(0, 2);
  // A window that lies beyond the edge altogether has no largest value.
  if (kernel < 1 || stride < 1 || pad < 0 || 2 * pad > kernel || h + 2 * pad < kernel || w + 2 * pad < kernel) return call.refuse("max pool: expected a window that fits on the padded map, and padding of at most half of it"), false;
  shape = {call.dim(0, 0), h, w, call.dim(0, 3), kernel, stride, pad, (h + 2 * pad - kernel) / stride + 1, (w + 2 * pad - kernel) / stride + 1};
  return true;
}

// x -> y
void maxPool(Call& call) {
  PoolShape shape;
  if (!readPool(call, shape)) return;
  float* y = call.output(0, {shape.n, shape.outH, shape.outW, shape.c});
  if (y != nullptr) kernels().maxPool({shape, call.input(0), y});
}

// x, y, dy -> dx
void maxPoolGrad(Call& call) {
  PoolShape shape;
  if (!readPool(call, shape)) return;
  const long outputs = shape.n * shape.outH * shape.outW * shape.c;
  if (call.size(1) != outputs || call.size(2) != outputs) return call.refuse("max pool gradient: expected y and dy of the output's shape");
  float* dx = call.outputLike(0, 0);
  if (dx != nullptr) kernels().maxPoolGrad({shape, call.input(0), call.input(1), call.input(2), dx});
}

const Operation list[] = {{"BlemishNativeMaxPool", 1, 1, maxPool}, {"BlemishNativeMaxPoolGrad", 3, 1, maxPoolGrad}, {"BlemishNativeAdam", 5, 3, adam}, {"BlemishNativeBatchNorm", 7, 3, batchNorm}, {"BlemishNativeBatchNormGrad", 7, 3, batchNormGrad}};

}  // namespace

OperationList trainingOperations() { return {list, 5}; }

}  // namespace blemish
