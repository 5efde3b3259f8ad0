// Convolutions of blocked images, with gradients.

#pragma once

#include "layout.hpp"

namespace ctorch {

/// What is convolved with what, and how. The transposed convolution has no padding and dilation.
struct Convolving {
  const ctorch_tensor *input;
  at::Tensor weight;
  at::Tensor bias;  // undefined where there is none
  std::vector<int64_t> stride;
  std::vector<int64_t> padding;
  std::vector<int64_t> dilation;
  bool is_transposed;
  int64_t groups;
};

/// Whether CKernels computes this; if not, be it that it is wrong, it is ATen's to compute or refuse.
bool has_kernel(const Convolving &work);

/// The blocked result of what `has_kernel`.
ctorch_tensor convolved(const Convolving &work);

}  // namespace ctorch
