// Instance normalisation of blocked images, with gradients.

#pragma once

#include "layout.hpp"

namespace ctorch {

/// What is normalised, and what follows.
struct Normalizing {
  const ctorch_tensor *input;
  at::Tensor scale;  // undefined where there is none
  at::Tensor shift;
  double epsilon;
  double slope;  // of the leaky ReLU; 1 for none
};

/// Whether CKernels computes this; if not, it is ATen's to compute or refuse.
bool has_kernel(const Normalizing &work);

/// The blocked result of what `has_kernel`.
ctorch_tensor normalized(const Normalizing &work);

/// The same by ATen, of any type and on any device.
at::Tensor normalized_plain(const at::Tensor &image, const at::Tensor &scale,
                            const at::Tensor &shift, double epsilon, double slope);

}  // namespace ctorch
