// The library as a whole: its errors, version, threads and devices.

#include <ATen/Parallel.h>
#include <torch/csrc/api/include/torch/version.h>

#include <string>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "guard.hpp"

using namespace ctorch;

namespace {

std::string &last_error() {
  thread_local std::string message;
  return message;
}

/// libtorch's second pool runs whole graphs side by side, which nothing here asks for. It can be
/// set once, and only before its first use; a host program that came first is left its choice.
void limit_graph_threads() {
  static const bool once = [] {
    try {
      at::set_num_interop_threads(1);
    } catch (const c10::Error &) {
      return false;
    }
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace

void ctorch::remember(const char *message) noexcept {
  try {
    const std::string text(message);
    last_error() = text.substr(0, text.find('\n'));
  } catch (...) {
    last_error().clear();  // No memory for the message; the status still says that it failed.
  }
}

const char *ctorch_last_error(void) { return last_error().c_str(); }

const char *ctorch_version(void) { return TORCH_VERSION; }

int ctorch_has_cuda(void) {
  bool found = false;
  guarded([&] { found = at::globalContext().hasCUDA(); });
  return found;
}

int ctorch_threads(void) { return at::get_num_threads(); }

int ctorch_set_threads(int count) {
  return guarded([&] {
    limit_graph_threads();
    at::set_num_threads(count);
  });
}

void ctorch_keep_freed_memory(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_MAX, 0);         // No block comes straight from the kernel,
  mallopt(M_TRIM_THRESHOLD, -1);  // and none is handed back.
#endif
}

void ctorch_return_freed_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
