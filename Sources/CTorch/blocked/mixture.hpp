// Mixed operations: the weighted sum of what candidate operations make of one image.

#pragma once

#include <vector>

#include "layout.hpp"

namespace ctorch {

/// One candidate. All but `nothing` and `skip` end with an instance normalisation without scale and
/// shift; the convolutions read the image behind a leaky ReLU, and keep its size and channels.
struct Candidate {
  enum Kind { nothing, skip, convolution, separable, average, maximum };

  Kind kind;
  int64_t dilation = 1;
  at::Tensor weight;     // [C, C, d, h, w], of a separable convolution [C, 1, d, h, w]
  at::Tensor pointwise;  // of a separable convolution, [C, C, 1, 1, 1]
};

/// What is mixed, and how much of each candidate there is.
struct Mixing {
  const ctorch_tensor *input;
  at::Tensor shares;  // one for each candidate
  std::vector<Candidate> candidates;
  double slope;
  double epsilon;
};

/// Throws where a candidate does not keep the size and channels of the image.
void check(const Mixing &work);

/// Whether CKernels computes this.
bool has_kernel(const Mixing &work);

/// The blocked result of what `has_kernel`.
ctorch_tensor mixed(const Mixing &work);

/// The same by ATen, of any type and on any device. `work` without its input.
at::Tensor mixed_plain(const at::Tensor &image, const Mixing &work);

}  // namespace ctorch
