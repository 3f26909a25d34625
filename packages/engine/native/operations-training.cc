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

const Operation list[] = {{"BlemishNativeAdam", 5, 3, adam}};

}  // namespace

OperationList trainingOperations() { return {list, 1}; }

}  // namespace blemish
