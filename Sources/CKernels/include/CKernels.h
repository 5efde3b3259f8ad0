// CKernels: the loops that take the time, on plain float arrays.
//
// Blocked activations are float32 [N, ⌈C/8⌉, D, H, W, 8], contiguous: eight channels of a voxel lie
// side by side, which is one AVX2 register. Lanes beyond the last channel hold zero: every kernel
// may rely on that for its inputs, and must see to it for its outputs.
//
// Sizes are int64_t. Every function that can fail returns 0 on success; on failure it returns 1,
// its results are undefined, and `ckernels_last_error` says why, on the calling thread. No C++ type
// and no exception crosses these headers. Buffers belong to the caller; outputs never overlap
// inputs unless a comment says so. Results are the same bytes with any number of threads.

#pragma once

#include "CKernelsAugmentation.h"
#include "CKernelsConvolution.h"
#include "CKernelsLocalNorm.h"
#include "CKernelsLoss.h"
#include "CKernelsMixture.h"
#include "CKernelsNorm.h"
#include "CKernelsOptimizer.h"
#include "CKernelsReorder.h"
#include "CKernelsRuntime.h"
#include "CKernelsWeightGradient.h"
#include "CKernelsWindow.h"
