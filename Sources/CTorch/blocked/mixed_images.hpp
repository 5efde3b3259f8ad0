// The images of a mixed operation's candidates as CKernels sums them, and the gradients of that.

#pragma once

#include "mixture.hpp"

namespace ctorch {

/// The images of all candidates but those that do nothing.
class MixedImages {
 public:
  /// - like: the image that all candidates read, blocked. `work` and what is added must outlive this.
  MixedImages(const Mixing &work, const at::Tensor &like, int64_t channels);

  /// Adds the image of the next of `places`, before it is normalised.
  void add(const at::Tensor &image);

  /// The sum, and what the way back needs of it.
  at::Tensor sum();
  at::Tensor mean, inverse_deviation;

  /// Prepares the way back from a sum's gradient.
  void turn(const at::Tensor &gradient);
  /// The gradients of the shares, once turned.
  at::Tensor shares;
  /// The gradient of an image, and those of its candidate's scale and shift where these are defined.
  at::Tensor gradient(size_t image, at::Tensor &scale, at::Tensor &shift);

  /// Which candidate each image is of.
  std::vector<size_t> places;

 private:
  const ckernels_mixture *mixture();
  at::Tensor sums_of(int64_t rows) const;

  const Mixing &work_;
  const at::Tensor like_;
  const at::Tensor given_shares_;
  ckernels_mixture mixture_;
  std::vector<at::Tensor> kept_;
  std::vector<ckernels_mixed_image> images_;
  at::Tensor gradient_, sums_;
};

}  // namespace ctorch
