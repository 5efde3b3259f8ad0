// Weight gradients of three taps along each axis with a quarter of the products.

#pragma once

#include "../include/CKernelsWeightGradient.h"

namespace ckernels::winograd {

/// Whether a weight gradient of blocked input can go this way, and gains by it.
bool pays(const ckernels_convolution &convolution) noexcept;

/// Computes one that `pays`, on all threads; `bias` may be null. Throws where there is no memory.
void weight_gradient(const ckernels_convolution &convolution, float *weights, float *bias,
                     const float *input, const float *gradient);

}  // namespace ckernels::winograd
