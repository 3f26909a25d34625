#include "parallel.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace blemish {
namespace {

// A kernel is a row of short stages: a thread that slept between them would wake too late. So it looks again for about
// this many rounds (some 50 microseconds) before it sleeps.
constexpr int rounds = 20000;

inline void pauseBriefly() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

struct Pool {
  std::mutex entry;  // one caller at a time
  std::mutex mutex;
  std::condition_variable wake;
  std::atomic<unsigned> generation{0};
  std::atomic<int> next{0}, busy{0};
  int items = 0, workers = 0, wanted = 1;
  void (*task)(void*, int) = nullptr;
  void* context = nullptr;

  void drain() {
    for (int i; (i = next.fetch_add(1, std::memory_order_relaxed)) < items;) task(context, i);
  }

  // Worker `index` takes part in a call if the call wants that many threads.
  void work(int index, unsigned seen) {
    for (;;) {
      for (int k = 0; k < rounds && generation.load(std::memory_order_acquire) == seen; k++) pauseBriefly();
      if (generation.load(std::memory_order_acquire) == seen) {
        std::unique_lock<std::mutex> lock(mutex);
        wake.wait(lock, [&] { return generation.load(std::memory_order_acquire) != seen; });
      }
      seen = generation.load(std::memory_order_acquire);
      drain();
      busy.fetch_sub(1, std::memory_order_release);
    }
  }

  void run(int count, void (*fn)(void*, int), void* with) {
    std::lock_guard<std::mutex> only(entry);
    while (workers < wanted - 1) {
      std::thread([this, index = workers, seen = generation.load()] { work(index, seen); }).detach();
      workers++;
    }
    if (count <= 1 || workers == 0) {
      for (int i = 0; i < count; i++) fn(with, i);
      return;
    }
    items = count, task = fn, context = with;
    next.store(0, std::memory_order_relaxed);
    busy.store(workers, std::memory_order_relaxed);
    {
      std::lock_guard<std::mutex> lock(mutex);
      generation.fetch_add(1, std::memory_order_release);
    }
    wake.notify_all();
    drain();
    // A worker that the system has put aside gets the processor sooner from one who yields.
    for (int k = 0; busy.load(std::memory_order_acquire) > 0; k++) k < rounds ? pauseBriefly() : std::this_thread::yield();
  }
};

// Never destroyed: its threads run until the process ends.
Pool& pool() {
  static Pool* only = new Pool;
  return *only;
}

}  // namespace

void setThreads(int count) { pool().wanted = count < 1 ? 1 : count; }
int threads() { return pool().wanted; }
void parallel(int items, void (*task)(void*, int), void* context) { pool().run(items, task, context); }

}  // namespace blemish
