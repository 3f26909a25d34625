#pragma once
// A small pool of threads. The calling thread takes part; calls do not nest.

namespace blemish {

// Threads that `parallel` uses, the caller's included; settable while no kernel runs.
void setThreads(int count);
int threads();

// Runs task(context, i) for every i in [0, items); which thread takes which item is not fixed, so that an item may not
// depend on another, nor add to memory that another adds to.
void parallel(int items, void (*task)(void* context, int item), void* context);

template <typename Task>
void parallelFor(int items, const Task& task) {
  parallel(
      items, [](void* context, int item) { (*static_cast<const Task*>(context))(item); }, const_cast<Task*>(&task));
}

}  // namespace blemish
