// Which instructions a kernel may use, decided while the program runs.
//
// A kernel is written once, with `float8`, as an always-inlined template or function. It is then
// instantiated in two functions: one marked CKERNELS_AVX2, where a `float8` is one register, and one
// without, where the compiler makes two of the baseline's four-wide ones. `uses_avx2()` chooses.
// Where two blocks of channels are computed side by side, a third function marked CKERNELS_AVX512 may
// hold both in one `float16`.

#pragma once

#include <cstdint>
#include <cstring>

/// Compiles one function for AVX2 and FMA, whatever the rest is compiled for. It does not reach into
/// lambdas: those need CKERNELS_INLINE.
#define CKERNELS_AVX2 __attribute__((target("avx2,fma")))

/// The same for AVX-512.
#define CKERNELS_AVX512 __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq")))

/// Makes a function part of the one that calls it, and so compiled for the same instructions.
#define CKERNELS_INLINE __attribute__((always_inline)) inline

/// The same for a lambda; it goes after the parameters.
#define CKERNELS_ALWAYS __attribute__((always_inline))

namespace ckernels {

/// Whether the processor has AVX2 and FMA, and nobody turned them off for this thread. Ask it on the
/// thread that called the kernel, before work is handed to others.
bool uses_avx2() noexcept;

/// Whether the processor has AVX-512 too, and nobody turned it off for this thread.
bool uses_avx512() noexcept;

/// What a kernel may use. A kernel whose threads need it asks before it hands out work.
enum class Instructions { portable, avx2, avx512 };

inline Instructions instructions() noexcept {
  return uses_avx512() ? Instructions::avx512
                       : uses_avx2() ? Instructions::avx2 : Instructions::portable;
}

/// One block of channels.
typedef float float8 __attribute__((vector_size(32)));

/// Two blocks of channels.
typedef float float16 __attribute__((vector_size(64)));

CKERNELS_INLINE void load(float8 &lanes, const float *source) {
  std::memcpy(&lanes, source, sizeof(lanes));
}

CKERNELS_INLINE void store(float *target, const float8 &lanes) {
  std::memcpy(target, &lanes, sizeof(lanes));
}

/// Two blocks of channels from two places.
CKERNELS_INLINE void load(float16 &lanes, const float *first, const float *second) {
  float8 halves[2];
  load(halves[0], first);
  load(halves[1], second);
  lanes = __builtin_shufflevector(halves[0], halves[1], 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                                  13, 14, 15);
}

/// Two blocks of channels to two places.
CKERNELS_INLINE void store(float *first, float *second, const float16 &lanes) {
  store(first, __builtin_shufflevector(lanes, lanes, 0, 1, 2, 3, 4, 5, 6, 7));
  store(second, __builtin_shufflevector(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15));
}

/// How many blocks hold `channels`.
constexpr int64_t blocks(int64_t channels) { return (channels + 7) / 8; }

}  // namespace ckernels
