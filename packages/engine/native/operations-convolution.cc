// BlemishNativeConv and its two gradients: square filters of 3 or 5, one step at a time.
// Settings: kernel, padding, 1 for replicated edges; the input's gradient also height and width of its result.
// Number: the slope of the activation below zero, 1 for none.
#include "kernels.h"
#include "operations.h"

namespace blemish {
namespace {

enum Setting { kernel, pad, replicate, height, width };

// Of x [N,H,W,C] and filter [k,k,C,K]; refuses what does not fit.
bool readShape(Call& call, long n, long h, long w, long c, int filter, ConvShape& shape) {
  shape = {n, h, w, c, call.dim(filter, 3), static_cast<int>(call.setting(kernel)), static_cast<int>(call.setting(pad)), call.setting(replicate) != 0};
  if (call.dim(filter, 2) != c) call.refuse("conv: the filter has another number of input channels");
  return !call.refused();
}

bool checkKernel(Call& call, const ConvShape& shape) {
  if (shape.kernel != 3 && shape.kernel != 5) call.refuse("conv: expected a filter of side 3 or 5");
  else if (shape.outH() < 1 || shape.outW() < 1) call.refuse("conv: the filter is larger than the padded input");
  return !call.refused();
}

void convolution(Call& call) {
  ConvShape shape;
  if (!readShape(call, call.dim(0, 0), call.dim(0, 1), call.dim(0, 2), call.dim(0, 3), 1, shape) || !checkKernel(call, shape)) return;
  float* y = call.output(0, {shape.n, shape.outH(), shape.outW(), shape.k});
  if (y == nullptr || shape.n == 0) return;
  const long positions = shape.outH() * shape.outW();
  const long offsets = call.size(2);
  Offset offset{nullptr, 0, 0};
  if (offsets == shape.k) offset = {call.input(2), 0, 0};
  else if (offsets == positions * shape.k) offset = {call.input(2), 0, shape.k};
  else if (offsets == shape.n * positions * shape.k) offset = {call.input(2), positions * shape.k, shape.k};
  else if (offsets != 0) return call.refuse("conv: expected an offset for each channel, position or output");
  if (call.size(3) != 0 && call.size(3) != shape.n * positions * shape.k) return call.refuse("conv: expected a residual of the output's shape");
  kernels().convolve({shape, call.input(0), call.input(1), offset, call.size(3) == 0 ? nullptr : call.input(3), call.number(), y});
}

// Inputs 0 and 1 of the gradients: dy, and y where there is an activation.
OutputGradient readGradient(Call& call, int dy, int y) {
  if (call.number() != 1 && call.size(y) != call.size(dy)) call.refuse("conv gradient: expected y of dy's shape");
  return {call.input(dy), call.number() == 1 ? nullptr : call.input(y), call.number()};
}

void inputGradient(Call& call) {
  ConvShape shape;
  if (!readShape(call, call.dim(0, 0), call.setting(height), call.setting(width), call.dim(2, 2), 2, shape) || !checkKernel(call, shape)) return;
  const OutputGradient gradient = readGradient(call, 0, 1);
  if (call.size(0) != shape.n * shape.outH() * shape.outW() * shape.k) call.refuse("conv gradient: dy has another shape than the output");
  if (call.refused()) return;
  float* dx = call.output(0, {shape.n, shape.h, shape.w, shape.c});
  if (dx != nullptr) kernels().convInputGrad({shape, gradient, call.input(2), dx});
}

void filterGradient(Call& call) {
  const ConvShape shape{call.dim(0, 0), call.dim(0, 1), call.dim(0, 2), call.dim(0, 3), call.dim(1, 3),
                        static_cast<int>(call.setting(kernel)), static_cast<int>(call.setting(pad)), call.setting(replicate) != 0};
  if (!checkKernel(call, shape)) return;
  const OutputGradient gradient = readGradient(call, 1, 2);
  if (call.size(1) != shape.n * shape.outH() * shape.outW() * shape.k) call.refuse("conv gradient: dy has another shape than the output");
  if (call.refused()) return;
  float* dFilter = call.output(0, {shape.kernel, shape.kernel, shape.c, shape.k});
  float* dBias = call.output(1, {shape.k});
  if (dFilter != nullptr && dBias != nullptr) kernels().convFilterGrad({shape, call.input(0), gradient, dFilter, dBias});
}

const Operation list[] = {
    {"BlemishNativeConv", 4, 1, convolution},              // x, filter, offset, residual -> y
    {"BlemishNativeConvInputGrad", 3, 1, inputGradient},   // dy, y, filter -> dx
    {"BlemishNativeConvFilterGrad", 3, 2, filterGradient},  // x, dy, y -> dFilter, dBias
};

}  // namespace

OperationList convolutionOperations() { return {list, 3}; }

}  // namespace blemish
