// The Node addon: registers our operations with the TensorFlow library that is loaded already, and lets JavaScript set the
// number of threads and the instruction set.
#include <node_api.h>

#include <cstring>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "kernels.h"
#include "operations.h"
#include "parallel.h"
#include "scratch.h"

namespace {

// Raised with every change of an operation's inputs, outputs, settings or bits; the engine loads no other.
constexpr int revision = 6;

napi_value setThreads(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t count = 1;
  int32_t value = 0;
  if (napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr) != napi_ok || count != 1 || napi_get_value_int32(env, argument, &value) != napi_ok || value < 1) {
    napi_throw_error(env, nullptr, "setThreads: expected a number from 1");
    return nullptr;
  }
  blemish::setThreads(value);
  return nullptr;
}

napi_value threads(napi_env env, napi_callback_info) {
  napi_value count;
  napi_create_int32(env, blemish::threads(), &count);
  return count;
}

napi_value isa(napi_env env, napi_callback_info) {
  napi_value name;
  napi_create_string_utf8(env, blemish::kernels().isa, NAPI_AUTO_LENGTH, &name);
  return name;
}

napi_value useIsa(napi_env env, napi_callback_info info) {
  napi_value argument, result;
  size_t count = 1, length = 0;
  char name[32];
  if (napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr) != napi_ok || count != 1 ||
      napi_get_value_string_utf8(env, argument, name, sizeof name, &length) != napi_ok) {
    napi_throw_error(env, nullptr, "useIsa: expected a name");
    return nullptr;
  }
  napi_get_boolean(env, blemish::useIsa(name), &result);
  return result;
}

napi_value releaseScratch(napi_env, napi_callback_info) {
  blemish::releaseScratch();
  return nullptr;
}

void define(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

}  // namespace

NAPI_MODULE_INIT() {
#if defined(__GLIBC__)
  // Feature maps and filters are tens of megabytes. By default each is asked of the system anew, page by page, and zeroed;
  // keeping them for the next tensor of that size takes a fifth off a training step.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
  // An operation can be registered once in a process, and the addon is loaded once for each of its JavaScript threads.
  static const char* failure = [] {
    const char* reason = nullptr;
    for (const auto& list : {blemish::convolutionOperations(), blemish::trainingOperations(), blemish::flowOperations(), blemish::backboneOperations()}) {
      for (int i = 0; i < list.count && reason == nullptr; i++) reason = blemish::registerOperation(list.first[i]);
    }
    return reason;
  }();
  if (failure != nullptr) {
    napi_throw_error(env, nullptr, failure);
    return nullptr;
  }
  napi_value number;
  napi_create_int32(env, revision, &number);
  napi_set_named_property(env, exports, "revision", number);
  define(env, exports, "setThreads", setThreads);
  define(env, exports, "threads", threads);
  define(env, exports, "isa", isa);
  define(env, exports, "useIsa", useIsa);
  define(env, exports, "releaseScratch", releaseScratch);
  return exports;
}
