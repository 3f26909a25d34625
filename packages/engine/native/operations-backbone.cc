// The frozen convolutional network that turns images into features.
// Settings of both: kernel, stride, rows and columns of zeros before the first, height and width of the output; the block
// also 1 where its input is added to its output.
#include "kernels.h"
#include "operations.h"

namespace blemish {
namespace {

enum Setting { kernel, stride, padTop, padLeft, outH, outW, skip };

// Refuses what is out of range: x (input 0) is [N,H,W,C].
bool checkWindow(Call& call) {
  if (call.rank(0) != 4 || call.settingCount() <= outW) call.refuse("backbone: expected [N,H,W,C] and the windows' places");
  else if (call.setting(kernel) < 1 || call.setting(stride) < 1 || call.setting(outH) < 1 || call.setting(outW) < 1 || call.setting(padTop) < 0 || call.setting(padLeft) < 0)
    call.refuse("backbone: expected windows and outputs of at least one position");
  return !call.refused();
}

// x, mean, deviation, filter [k,k,C,K], bias -> y
void runStem(Call& call) {
  if (!checkWindow(call)) return;
  const long c = call.dim(0, 3), k = call.size(4), side = call.setting(kernel);
  if (call.size(1) != c || call.size(2) != c || call.size(3) != side * side * c * k) return call.refuse("stem: mean, deviation, filter and bias do not fit");
  float* y = call.output(0, {call.dim(0, 0), call.setting(outH), call.setting(outW), k});
  if (y == nullptr) return;
  kernels().stem({call.dim(0, 0), call.dim(0, 1), call.dim(0, 2), c, k, static_cast<int>(side), static_cast<int>(call.setting(stride)), call.setting(padTop),
                  call.setting(padLeft), call.setting(outH), call.setting(outW), call.input(0), call.input(1), call.input(2), call.input(3), call.input(4), y});
}

// x, then filter and bias of expand (empty: none), depthwise, reduce, excite, project -> y
void runBlock(Call& call) {
  if (!checkWindow(call)) return;
  const long n = call.dim(0, 0), inputs = call.dim(0, 3), expanded = call.size(4), squeezed = call.size(6), outputs = call.size(10), side = call.setting(kernel);
  const bool expands = call.size(1) != 0;
  if ((side != 3 && side != 5) || call.setting(stride) > 2) return call.refuse("block: expected a filter of side 3 or 5 and a step of 1 or 2");
  const bool fits = call.size(1) == (expands ? inputs * expanded : 0) && (expands || inputs == expanded) && call.size(2) == (expands ? expanded : 0) &&
                    call.size(3) == side * side * expanded && call.size(5) == expanded * squeezed && call.size(7) == squeezed * expanded &&
                    call.size(8) == expanded && call.size(9) == expanded * outputs && squeezed > 0;
  const bool skips = call.settingCount() > skip && call.setting(skip) != 0;
  if (!fits) return call.refuse("block: filters and biases do not fit");
  if (skips && (inputs != outputs || call.setting(outH) != call.dim(0, 1) || call.setting(outW) != call.dim(0, 2))) return call.refuse("block: only an output of the input's shape can be added to it");
  float* y = call.output(0, {n, call.setting(outH), call.setting(outW), outputs});
  if (y == nullptr) return;
  const auto orNull = [&](int index) { return expands ? call.input(index) : nullptr; };
  kernels().invertedResidual({n, call.dim(0, 1), call.dim(0, 2), inputs, expanded, squeezed, outputs, static_cast<int>(side), static_cast<int>(call.setting(stride)),
                              call.setting(padTop), call.setting(padLeft), call.setting(outH), call.setting(outW), skips, call.input(0), orNull(1), orNull(2),
                              call.input(3), call.input(4), call.input(5), call.input(6), call.input(7), call.input(8), call.input(9), call.input(10), y});
}

const Operation list[] = {
    {"BlemishNativeStem", 5, 1, runStem},
    {"BlemishNativeInvertedResidual", 11, 1, runBlock},
};

}  // namespace

OperationList backboneOperations() { return {list, 2}; }

}  // namespace blemish
