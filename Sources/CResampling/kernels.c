#include "CResampling.h"

#include <math.h>
#include <string.h>

#include "internal.h"

// The same kernels several times: what the compiler may use is the only difference. AVX-512 brings
// products that are fused with a sum, which would make one.
#pragma STDC FP_CONTRACT OFF

#define NAME(name) name##_portable
#define TARGET
#include "kernels.h"

#if defined(__x86_64__)
#define NAME(name) name##_avx2
#define TARGET __attribute__((target("avx2")))
#include "kernels.h"

// Trilinear rows alone gain from wider registers: the others were measured to lose a tenth.
#define NAME(name) name##_avx512
#define TARGET __attribute__((target("avx2,avx512f,avx512bw,avx512dq,avx512vl")))
#include "linear.h"
#include "middle.h"
#include "trilinear.h"

static void row_avx512(const cresampling_source *source, const cresampling_row *row, float *out) {
  if (cresampling_is_linear(row)) {
    linear_row_avx512(source, row, out);
  } else {
    mixed_row_avx2(source, row, out);
  }
}

static const cresampling_kernels kernels_avx512 = {
  .plane = plane_avx2,
  .pick_plane = pick_plane_avx2,
  .vote_plane = vote_plane_avx2,
  .row = row_avx512,
  .pick_row = pick_row_avx2,
  .vote_row = vote_row_avx2,
  .decide_row = decide_row_avx512,
  .contest = contest_avx2,
  .spline = spline_avx2,
  .convolve = convolve_avx2,
};
#endif

const cresampling_kernels *cresampling_kernels_for(cresampling_instructions instructions) {
  switch (instructions) {
    case CRESAMPLING_PORTABLE: return &kernels_portable;
#if defined(__x86_64__)
    case CRESAMPLING_AVX2: return __builtin_cpu_supports("avx2") ? &kernels_avx2 : NULL;
    case CRESAMPLING_AVX512:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f") &&
          __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
          __builtin_cpu_supports("avx512vl")
        ? &kernels_avx512
        : NULL;
#endif
    default: return NULL;
  }
}

const cresampling_kernels *cresampling_best_kernels(void) {
  const cresampling_kernels *best = cresampling_kernels_for(CRESAMPLING_AVX512);
  if (best == NULL) best = cresampling_kernels_for(CRESAMPLING_AVX2);
  return best == NULL ? cresampling_kernels_for(CRESAMPLING_PORTABLE) : best;
}
