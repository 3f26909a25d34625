// A normalizing flow's steps beside its convolutions.
#include "kernels.h"
#include "operations.h"

namespace blemish {
namespace {

// Number: the clamp. e = 0.636 clamp atan(s / clamp), see packages/flow/src/soft-clamp.ts.
constexpr float share = 0.636f;

bool checkCouple(Call& call) {
  const int last = call.rank(0) - 1;
  const bool fits = call.rank(0) == 4 && call.rank(1) == 4 && 2 * call.dim(0, last) == call.dim(1, last) && 2 * call.size(0) == call.size(1);
  if (!fits) call.refuse("couple: expected x [N,h,w,c] and r [N,h,w,2c]");
  return fits;
}

// x, r -> y, j
void couple(Call& call) {
  if (!checkCouple(call)) return;
  const long channels = call.dim(0, 3), positions = channels == 0 ? 0 : call.size(0) / channels;
  float *y = call.outputLike(0, 0), *j = call.output(1, {call.dim(0, 0), call.dim(0, 1), call.dim(0, 2)});
  if (y != nullptr && j != nullptr) kernels().couple({positions, channels, call.input(0), call.input(1), call.number(), share * call.number(), y, j});
}

// x, r, dy, dj -> dx, dr
void coupleGrad(Call& call) {
  if (!checkCouple(call)) return;
  const long channels = call.dim(0, 3), positions = channels == 0 ? 0 : call.size(0) / channels;
  if (call.size(2) != call.size(0) || call.size(3) != positions) return call.refuse("couple gradient: expected dy of x's shape and dj [N,h,w]");
  float *dx = call.outputLike(0, 0), *dr = call.outputLike(1, 1);
  if (dx == nullptr || dr == nullptr) return;
  kernels().coupleGrad({positions, channels, call.input(0), call.input(1), call.input(2), call.input(3), call.number(), share * call.number(), dx, dr});
}

// x -> y; settings: the permutation
void permute(Call& call) {
  const long channels = call.settingCount();
  if (call.rank(0) < 1 || call.dim(0, call.rank(0) - 1) != channels) return call.refuse("permute: expected as many channels as the permutation has numbers");
  std::vector<long> order(channels);
  for (long i = 0; i < channels; i++) {
    order[i] = call.setting(static_cast<int>(i));
    if (order[i] < 0 || order[i] >= channels) return call.refuse("permute: expected numbers of channels");
  }
  float* y = call.outputLike(0, 0);
  if (y != nullptr && channels > 0) kernels().permuteChannels({call.size(0) / channels, channels, call.input(0), order.data(), y});
}

const Operation list[] = {{"BlemishNativeCouple", 2, 2, couple}, {"BlemishNativeCoupleGrad", 4, 2, coupleGrad}, {"BlemishNativePermute", 1, 1, permute}};

}  // namespace

OperationList flowOperations() { return {list, 3}; }

}  // namespace blemish
