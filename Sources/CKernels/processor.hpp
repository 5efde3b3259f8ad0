// Which instructions a kernel may use, decided while the program runs.
//
// A kernel is written once, with `float8`, as an always-inlined template or function. It is then
// instantiated in two functions: one marked CKERNELS_AVX2, where a `float8` is one register, and one
// without, where the compiler makes two of the baseline's four-wide ones. `uses_avx2()` chooses.

#pragma once

#include <cstdint>
#include <cstring>

/// Compiles one function for AVX2 and FMA, whatever the rest is compiled for. It does not reach into
/// lambdas: those need CKERNELS_INLINE.
#define CKERNELS_AVX2 __attribute__((target("avx2,fma")))

/// Makes a function part of the one that calls it, and so compiled for the same instructions.
#define CKERNELS_INLINE __attribute__((always_inline)) inline

namespace ckernels {

/// Whether the processor has AVX2 and FMA, and nobody turned them off for this thread. Ask it on the
/// thread that called the kernel, before work is handed to others.
bool uses_avx2() noexcept;

/// One block of channels.
typedef float float8 __attribute__((vector_size(32)));

CKERNELS_INLINE void load(float8 &lanes, const float *source) {
  std::memcpy(&lanes, source, sizeof(lanes));
}

CKERNELS_INLINE void store(float *target, const float8 &lanes) {
  std::memcpy(target, &lanes, sizeof(lanes));
}

/// How many blocks hold `channels`.
constexpr int64_t blocks(int64_t channels) { return (channels + 7) / 8; }

}  // namespace ckernels
