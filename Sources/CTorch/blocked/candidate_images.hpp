// What the candidates of a mixed operation make of a blocked image, and back.

#pragma once

#include "mixture.hpp"

namespace ctorch {

/// The gradients of a candidate's weights and of what it read; undefined where they were not wanted.
struct CandidateGradients {
  at::Tensor input;
  at::Tensor weight;
  at::Tensor pointwise;
};

/// Computes images of one shape, without gradients of their own.
class CandidateImages {
 public:
  /// - image: blocked, contiguous.
  /// - activates_first: whether convolutions read it behind a leaky ReLU of this slope.
  CandidateImages(const at::Tensor &image, int64_t channels, bool activates_first, double slope);

  /// The candidate's image before it is normalised.
  at::Tensor forward(const Candidate &candidate);

  /// The way back from a candidate's image.
  CandidateGradients backward(const Candidate &candidate, const at::Tensor &gradient,
                              bool wants_input, bool wants_weights);

  /// Whether a candidate reads the image behind the leaky ReLU.
  bool reads_activated(const Candidate &candidate) const {
    return activates_first_ && candidate.is_convolution();
  }

  const at::Tensor &image() const { return image_; }
  double slope() const { return slope_; }

 private:
  /// What convolutions read; behind the leaky ReLU it is computed at its first use.
  const at::Tensor &source();
  /// A convolution that keeps the size.
  ckernels_convolution sizes_of(const at::Tensor &weight, int64_t dilation) const;
  at::Tensor depthwise(const Candidate &candidate);
  void separable_backward(CandidateGradients &gradients, const Candidate &candidate,
                          const at::Tensor &gradient, bool wants_input, bool wants_weights);
  at::Tensor pooled_backward(const Candidate &candidate, const at::Tensor &gradient);

  const at::Tensor image_;
  const int64_t channels_;
  const bool activates_first_;
  const double slope_;
  const ckernels_images sizes_;
  at::Tensor activated_;
};

}  // namespace ctorch
