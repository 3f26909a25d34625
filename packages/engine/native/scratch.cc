#include "scratch.h"

#include <cstdlib>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace blemish {
namespace {

constexpr int slots = 4;
// Pages of 2 MiB, where the system has them, spare the look-up of 512 small ones each.
constexpr size_t page = 1 << 21;

struct Block {
  float* data = nullptr;
  size_t bytes = 0;
  ~Block() { std::free(data); }
};
thread_local Block blocks[slots];

}  // namespace

float* scratch(int slot, size_t floats) {
  Block& block = blocks[slot];
  const size_t bytes = (floats * sizeof(float) + page - 1) / page * page;
  if (bytes > block.bytes) {
    std::free(block.data);
    block.data = static_cast<float*>(std::aligned_alloc(page, bytes));
    block.bytes = block.data == nullptr ? 0 : bytes;
#if defined(__linux__)
    if (block.data != nullptr) madvise(block.data, bytes, MADV_HUGEPAGE);
#endif
  }
  return block.data;
}

void releaseScratch() {
  for (Block& block : blocks) {
    std::free(block.data);
    block.data = nullptr;
    block.bytes = 0;
  }
}

}  // namespace blemish
