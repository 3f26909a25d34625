// The kernels for base; the build gives this file its flags.
#define ISA base
#define TABLE baseKernels
#include "isa.h"
