// Normalisation with statistics of the neighbourhood, for inference: no gradient flows through it.

#pragma once

#include "layout.hpp"

namespace ctorch {

/// What is normalised, where its statistics come from, and what follows.
struct LocallyNormalizing {
  const ctorch_tensor *input;
  at::Tensor scale;  // undefined where there is none
  at::Tensor shift;
  ckernels_statistics_axis axes[3];  // along depth, height and width
  double epsilon;
  double slope;  // of the leaky ReLU; 1 for none
};

/// By CKernels where it can, otherwise by ATen, of any type and on any device.
ctorch_tensor locally_normalized(const LocallyNormalizing &work);

}  // namespace ctorch
