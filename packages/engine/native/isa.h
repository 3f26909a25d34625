// All kernels, compiled for one instruction set: include it with ISA and TABLE defined (see isa-avx512.cc).
// Nothing of the standard library's templates is used below: the linker keeps one copy of those, and it could be the one
// that was compiled for the widest set.
#include <cmath>
#include <cstddef>
#include <cstdint>
#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#include "kernels.h"
#include "parallel.h"
#include "scratch.h"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

namespace blemish {
namespace ISA {

#include "simd.h"
#include "gemm.h"
#include "transforms.h"
#include "winograd.h"
#include "adam.h"
#include "batch-norm.h"
#include "max-pool.h"
#include "coupling.h"
#include "activation.h"
#include "pointwise.h"
#include "expand.h"
#include "depthwise.h"
#include "stem.h"
#include "squeeze-excite.h"
#include "inverted-residual.h"

}  // namespace ISA

extern const Kernels TABLE;
const Kernels TABLE = {
    TEXT(ISA), ISA::convolve, ISA::convInputGrad, ISA::convFilterGrad, ISA::adam, ISA::batchNorm, ISA::batchNormGrad, ISA::couple, ISA::coupleGrad, ISA::maxPool, ISA::maxPoolGrad, ISA::permuteChannels, ISA::stem, ISA::invertedResidual,
};

}  // namespace blemish
