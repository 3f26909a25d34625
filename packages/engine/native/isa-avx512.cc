// The kernels for avx512; the build gives this file its flags.
#define ISA avx512
#define TABLE avx512Kernels
#include "isa.h"
