// Mixed operations: the weighted sum of what candidate operations make of one image.

#pragma once

#include <vector>

#include "layout.hpp"

namespace ctorch {

/// One candidate, which keeps the image's size and channels. Convolutions are normalised, and have the
/// leaky ReLU in front of them or behind.
struct Candidate {
  enum Kind { nothing, skip, convolution, separable, average, maximum, image };

  Kind kind = nothing;
  int64_t dilation = 1;
  at::Tensor weight;     // [C, C, d, h, w], of a separable convolution [C, 1, d, h, w]
  at::Tensor pointwise;  // of a separable convolution, [C, C, 1, 1, 1]
  at::Tensor bias, scale, shift;  // [C], or undefined
  at::Tensor made;  // of the kind `image`: what is summed

  bool is_convolution() const { return kind == convolution || kind == separable; }
  bool is_pool() const { return kind == average || kind == maximum; }
};

/// What is mixed, and how much of each candidate there is.
struct Mixing {
  const ctorch_tensor *input;
  at::Tensor shares;  // one for each candidate
  std::vector<Candidate> candidates;
  /// Whether the leaky ReLU comes first, and pools are normalised.
  bool activates_first;
  double slope;
  double epsilon;

  bool is_normalized(const Candidate &candidate) const {
    return candidate.is_convolution() || (activates_first && candidate.is_pool());
  }
  /// The slope behind a candidate's normalisation.
  double slope_behind() const { return activates_first ? 1 : slope; }
};

/// Throws where a candidate does not keep the size and channels of the image.
void check(const Mixing &work);

/// Whether CKernels computes this. `made` of candidates is not looked at.
bool has_kernel(const Mixing &work);

/// The blocked result of what `has_kernel`; `made` of candidates is blocked.
ctorch_tensor mixed(const Mixing &work);

/// The same by ATen, of any type and on any device. `work` without its input, and `made` plain.
at::Tensor mixed_plain(const at::Tensor &image, const Mixing &work);

}  // namespace ctorch
