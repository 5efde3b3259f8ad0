#include "CResampling.h"

#include <math.h>
#include <string.h>

#include "internal.h"

// The same kernels twice: what the compiler may use is the only difference.
#define NAME(name) name##_portable
#define TARGET
#include "planes.h"
#include "linear.h"
#include "rows.h"
#include "labels.h"
#include "filters.h"
static const cresampling_kernels portable = KERNELS;
#undef NAME
#undef TARGET

#if defined(__x86_64__)
#define NAME(name) name##_avx2
#define TARGET __attribute__((target("avx2")))
#include "planes.h"
#include "linear.h"
#include "rows.h"
#include "labels.h"
#include "filters.h"
static const cresampling_kernels avx2 = KERNELS;
#endif

const cresampling_kernels *cresampling_portable_kernels(void) { return &portable; }

const cresampling_kernels *cresampling_best_kernels(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return &avx2;
#endif
  return &portable;
}
