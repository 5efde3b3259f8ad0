// The library as a whole: its errors, and which instructions it may use.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How many channels one block holds.
enum { CKERNELS_BLOCK = 8 };

/// Why the last call on this thread failed. Valid until the next failure.
const char *ckernels_last_error(void);

/// Whether kernels use AVX2 and FMA: 1 where the processor has both and they were not turned off.
int ckernels_uses_avx2(void);

/// Turns AVX2 off (0) or back on (1) for kernels called from this thread, so that tests can run the
/// portable code.
void ckernels_allow_avx2(int allowed);

/// Whether kernels use AVX-512 where they know how to: 1 where the processor has it, and neither it nor
/// AVX2 was turned off.
int ckernels_uses_avx512(void);

/// Turns AVX-512 off (0) or back on (1) in the same way.
void ckernels_allow_avx512(int allowed);

/// How many threads a kernel that is called from this thread uses.
int ckernels_threads(void);

/// Sets how many threads kernels called from this thread use, at least one.
void ckernels_set_threads(int count);

#ifdef __cplusplus
}
#endif
