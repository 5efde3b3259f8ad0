// The passes of a convolution over blocked numbers, which no gradient flows through.

#pragma once

#include "layout.hpp"

namespace ctorch {

/// One side of a convolution from the other: forward, or from its output to its input.
at::Tensor through(const ckernels_convolution &sizes, bool to_input, const at::Tensor &source,
                   const at::Tensor &weight, const at::Tensor &bias);

/// The gradient with respect to the weights, of the convolution between two blocked sides.
at::Tensor weight_gradient(const ckernels_convolution &sizes, const at::Tensor &input,
                           const at::Tensor &output, const at::Tensor &weight);

/// The gradient with respect to a bias of so many channels.
at::Tensor bias_gradient(const at::Tensor &gradient, int64_t channels);

}  // namespace ctorch
