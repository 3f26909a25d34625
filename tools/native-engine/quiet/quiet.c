// TensorFlow 2.21 greets its user on standard error while its library is being opened, before any setting can tell it
// not to. open(path) opens the library with standard error turned to /dev/null for that moment; afterwards
// TF_CPP_MIN_LOG_LEVEL decides what is heard.
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <stdio.h>
#include <unistd.h>

static napi_value open_library(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t count = 1;
  char path[4096];
  size_t length;
  if (napi_get_cb_info(env, info, &count, &argument, NULL, NULL) != napi_ok || count != 1 ||
      napi_get_value_string_utf8(env, argument, path, sizeof path, &length) != napi_ok) {
    napi_throw_error(env, NULL, "open: expected the path of a library");
    return NULL;
  }
  fflush(stderr);
  int kept = dup(STDERR_FILENO);
  int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (kept >= 0 && nowhere >= 0) dup2(nowhere, STDERR_FILENO);
  void* library = dlopen(path, RTLD_LAZY);
  fflush(stderr);
  if (kept >= 0 && nowhere >= 0) dup2(kept, STDERR_FILENO);
  if (kept >= 0) close(kept);
  if (nowhere >= 0) close(nowhere);
  if (library == NULL) napi_throw_error(env, NULL, dlerror());
  return NULL;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "open", NAPI_AUTO_LENGTH, open_library, NULL, &function);
  napi_set_named_property(env, exports, "open", function);
  return exports;
}
