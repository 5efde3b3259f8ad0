// Results that are too large for the caches go past them: the lines they overwrite are not read.

#pragma once

#include <cstdint>

#include "processor.hpp"

namespace ckernels {

/// Whether results of `count` floats at `target` should be streamed. Not where they replace their
/// own input: those lines have been read already.
inline bool streams(const float *target, const float *input, int64_t count) {
  constexpr int64_t too_large = 4 << 20;
  return target != input && count >= too_large && reinterpret_cast<uintptr_t>(target) % 32 == 0;
}

template <bool streaming>
CKERNELS_INLINE void put(float *target, const float8 &lanes) {
  if (streaming) {
    __builtin_nontemporal_store(lanes, reinterpret_cast<float8 *>(target));
  } else {
    store(target, lanes);
  }
}

/// What was streamed is visible to the other threads after this.
inline void finish_streaming() {
#if defined(__x86_64__)
  __builtin_ia32_sfence();
#endif
}

}  // namespace ckernels
