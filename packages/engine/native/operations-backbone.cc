// The frozen convolutional network that turns images into features.
// Settings of all: a window; the block also 1 where its input is added to its output, the block on a stem the stem's window.
#include "kernels.h"
#include "operations.h"

namespace blemish {
namespace {

// Kernel, stride, rows and columns of zeros before the first, height and width of the output.
struct Window {
  long kernel, stride, padTop, padLeft, outH, outW;
};
constexpr int windowSettings = 6;

// The window whose settings begin at `first`; refuses what is out of range.
Window readWindow(Call& call, int first) {
  if (call.settingCount() < first + windowSettings) {
    call.refuse("backbone: expected the windows' places");
    return {};
  }
  const Window window = {call.setting(first), call.setting(first + 1), call.setting(first + 2), call.setting(first + 3), call.setting(first + 4), call.setting(first + 5)};
  const bool fine = window.kernel > 0 && window.stride > 0 && window.padTop >= 0 && window.padLeft >= 0 && window.outH > 0 && window.outW > 0;
  if (!fine || call.rank(0) != 4) call.refuse("backbone: expected [N,H,W,C], windows and outputs of at least one position");
  return window;
}

// Inputs x, mean, deviation, filter [k,k,C,K], bias.
StemCall readStem(Call& call, const Window& window) {
  const long c = call.dim(0, 3), k = call.size(4);
  if (call.size(1) != c || call.size(2) != c || call.size(3) != window.kernel * window.kernel * c * k) call.refuse("stem: mean, deviation, filter and bias do not fit");
  return {call.dim(0, 0), call.dim(0, 1), call.dim(0, 2), c, k, static_cast<int>(window.kernel), static_cast<int>(window.stride), window.padTop,
          window.padLeft, window.outH, window.outW, call.input(0), call.input(1), call.input(2), call.input(3), call.input(4), nullptr};
}

// x, mean, deviation, filter, bias -> y
void runStem(Call& call) {
  const Window window = readWindow(call, 0);
  if (call.refused()) return;
  StemCall stem = readStem(call, window);
  if (call.refused()) return;
  stem.y = call.output(0, {stem.n, stem.outH, stem.outW, stem.k});
  if (stem.y != nullptr) kernels().stem(stem);
}

// The block on a map [n,h,w,inputs]: its filters and biases from input `first` on are those of depthwise, reduce, excite, project.
InvertedResidualCall readBlock(Call& call, int first, const Window& window, long n, long h, long w, long inputs) {
  const long side = window.kernel, expanded = call.size(first + 1), squeezed = call.size(first + 3), outputs = call.size(first + 7);
  if ((side != 3 && side != 5) || window.stride > 2) call.refuse("block: expected a filter of side 3 or 5 and a step of 1 or 2");
  const bool fits = call.size(first) == side * side * expanded && call.size(first + 2) == expanded * squeezed && call.size(first + 4) == squeezed * expanded &&
                    call.size(first + 5) == expanded && call.size(first + 6) == expanded * outputs && squeezed > 0;
  if (!fits) call.refuse("block: filters and biases do not fit");
  return {n, h, w, inputs, expanded, squeezed, outputs, static_cast<int>(side), static_cast<int>(window.stride), window.padTop, window.padLeft, window.outH, window.outW,
          false, nullptr, call.input(0), nullptr, nullptr, call.input(first), call.input(first + 1), call.input(first + 2), call.input(first + 3),
          call.input(first + 4), call.input(first + 5), call.input(first + 6), call.input(first + 7), nullptr};
}

void finishBlock(Call& call, InvertedResidualCall& block) {
  if (call.refused()) return;
  block.y = call.output(0, {block.n, block.outH, block.outW, block.outputs});
  if (block.y != nullptr) kernels().invertedResidual(block);
}

// x, then filter and bias of expand (empty: none), depthwise, reduce, excite, project -> y
void runBlock(Call& call) {
  const Window window = readWindow(call, 0);
  if (call.refused()) return;
  const long inputs = call.dim(0, 3);
  InvertedResidualCall block = readBlock(call, 3, window, call.dim(0, 0), call.dim(0, 1), call.dim(0, 2), inputs);
  if (call.size(1) != 0) {
    if (call.size(1) != inputs * block.expanded || call.size(2) != block.expanded) call.refuse("block: the expansion does not fit");
    block.expandFilter = call.input(1);
    block.expandBias = call.input(2);
  } else if (inputs != block.expanded) {
    call.refuse("block: expected as many channels as the filter has");
  }
  block.skip = call.settingCount() > windowSettings && call.setting(windowSettings) != 0;
  const bool sameShape = inputs == block.outputs && block.outH == block.h && block.outW == block.w;
  if (block.skip && !sameShape) call.refuse("block: only an output of the input's shape can be added to it");
  finishBlock(call, block);
}

// x, mean, deviation, filter and bias of the stem, then of depthwise, reduce, excite, project -> y
void runStemBlock(Call& call) {
  const Window window = readWindow(call, 0), stemWindow = readWindow(call, windowSettings);
  if (call.refused()) return;
  const StemCall stem = readStem(call, stemWindow);
  InvertedResidualCall block = readBlock(call, 5, window, stem.n, stem.outH, stem.outW, stem.k);
  if (block.expanded != stem.k) call.refuse("block: expected as many channels as the stem has");
  block.stem = &stem;
  block.expandFilter = stem.filter;
  block.expandBias = stem.bias;
  finishBlock(call, block);
}

const Operation list[] = {
    {"BlemishNativeStem", 5, 1, runStem},
    {"BlemishNativeInvertedResidual", 11, 1, runBlock},
    {"BlemishNativeStemBlock", 13, 1, runStemBlock},
};

}  // namespace

OperationList backboneOperations() { return {list, 3}; }

}  // namespace blemish
