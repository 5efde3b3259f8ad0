// Weights in the order in which the gather kernel reads them.

#pragma once

#include "include/CKernelsConvolution.h"
#include "scratch.hpp"

namespace ckernels {

/// Which side of a convolution a kernel computes.
enum class Side { output, input };

/// The weights as [blocks of the computed side, blocks of the other, kernel…, 8 channels of the
/// other, 8 of the computed side], zero in spare lanes.
Scratch packed(const ckernels_convolution &convolution, const float *weight, Side computed);

/// A bias of so many channels with zeros in its spare lanes; null where there is none.
Scratch packed_bias(const float *bias, int64_t channels);

}  // namespace ckernels
