#pragma once
// Working memory of the kernels, kept from call to call: fresh pages from the system cost more than the work on them.
#include <cstddef>

namespace blemish {

// At least `floats` values on a cache line; valid until the same thread asks for the same slot again.
// Slots: 0..3, so that a kernel can hold several blocks.
float* scratch(int slot, size_t floats);

// Gives back what the calling thread's kernels have kept.
void releaseScratch();

}  // namespace blemish
