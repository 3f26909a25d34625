// The kernels for avx2; the build gives this file its flags.
#define ISA avx2
#define TABLE avx2Kernels
#include "isa.h"
