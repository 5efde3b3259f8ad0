// Pooling and depthwise convolution of blocked images, with gradients.

#pragma once

#include "convolution.hpp"
#include "layout.hpp"

namespace ctorch {

/// Whether CKernels takes the mean or maximum of these windows; if not, it is ATen's to compute or
/// refuse.
bool has_pooling_kernel(const ctorch_tensor *input, at::IntArrayRef window, at::IntArrayRef stride,
                        at::IntArrayRef padding, bool is_mean);

/// The blocked mean or maximum of what `has_pooling_kernel`.
ctorch_tensor average_pooled(const ctorch_tensor *input);
ctorch_tensor max_pooled(const ctorch_tensor *input);

/// Whether this is a depthwise convolution that CKernels computes.
bool has_depthwise_kernel(const Convolving &work);

/// The blocked result of what `has_depthwise_kernel`.
ctorch_tensor depthwise_convolved(const Convolving &work);

}  // namespace ctorch
