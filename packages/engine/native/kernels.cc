#include "kernels.h"

#include <cstring>

namespace blemish {

extern const Kernels baseKernels;
#if defined(__x86_64__)
extern const Kernels avx2Kernels, avx512Kernels;
#endif

namespace {

// The sets that this processor has, the widest first.
const Kernels* available(int index) {
#if defined(__x86_64__)
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  const bool middle = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (wide && index-- == 0) return &avx512Kernels;
  if (middle && index-- == 0) return &avx2Kernels;
#endif
  return index == 0 ? &baseKernels : nullptr;
}

const Kernels* chosen = nullptr;

}  // namespace

const Kernels& kernels() {
  if (chosen == nullptr) chosen = available(0);
  return *chosen;
}

bool useIsa(const char* name) {
  for (int i = 0; const Kernels* table = available(i); i++) {
    if (std::strcmp(table->isa, name) != 0) continue;
    chosen = table;
    return true;
  }
  return false;
}

}  // namespace blemish
