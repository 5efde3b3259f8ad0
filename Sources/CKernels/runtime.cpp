// The library as a whole: its errors, and which instructions it may use.

#include <string>

#include "guard.hpp"
#include "include/CKernelsRuntime.h"
#include "parallel.hpp"
#include "processor.hpp"

namespace {

std::string &last_error() {
  thread_local std::string message;
  return message;
}

thread_local bool avx2_is_allowed = true;
thread_local bool avx512_is_allowed = true;

bool has_avx2() {
#if defined(__x86_64__)
  static const bool found = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return found;
#else
  return false;
#endif
}

bool has_avx512() {
#if defined(__x86_64__)
  static const bool found = __builtin_cpu_supports("avx512f") &&
                            __builtin_cpu_supports("avx512vl") &&
                            __builtin_cpu_supports("avx512dq");
  return found;
#else
  return false;
#endif
}

}  // namespace

void ckernels::remember(const char *message) noexcept {
  try {
    last_error() = message;
  } catch (...) {
    last_error().clear();  // No memory for the message; the status still says that it failed.
  }
}

bool ckernels::uses_avx2() noexcept {
  return has_avx2() && avx2_is_allowed;
}

bool ckernels::uses_avx512() noexcept {
  return uses_avx2() && has_avx512() && avx512_is_allowed;
}

const char *ckernels_last_error(void) { return last_error().c_str(); }

int ckernels_uses_avx2(void) { return ckernels::uses_avx2(); }

void ckernels_allow_avx2(int allowed) { avx2_is_allowed = allowed != 0; }

int ckernels_uses_avx512(void) { return ckernels::uses_avx512(); }

void ckernels_allow_avx512(int allowed) { avx512_is_allowed = allowed != 0; }

int ckernels_threads(void) { return omp_get_max_threads(); }

void ckernels_set_threads(int count) { omp_set_num_threads(count < 1 ? 1 : count); }
