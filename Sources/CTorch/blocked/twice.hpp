// Gradients of gradients.

#pragma once

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <vector>

#include "layout.hpp"

namespace ctorch {

/// The gradients of `forward(inputs)`, computed by ATen so that they can be differentiated again;
/// undefined for inputs that are, or that need none.
///
/// CKernels' own gradients cannot be differentiated. This takes their place where that is asked for.
template <typename Forward>
std::vector<at::Tensor> differentiable_gradients(const std::vector<at::Tensor> &inputs,
                                                 const at::Tensor &gradient, Forward forward) {
  std::vector<at::Tensor> needed;
  for (const at::Tensor &input : inputs) {
    if (input.defined() && input.requires_grad()) needed.push_back(input);
  }
  const std::vector<at::Tensor> found =
      torch::autograd::grad({forward(inputs)}, needed, {gradient}, /*retain_graph=*/true,
                            /*create_graph=*/true, /*allow_unused=*/true);
  std::vector<at::Tensor> results;
  size_t next = 0;
  for (const at::Tensor &input : inputs) {
    const bool is_needed = input.defined() && input.requires_grad();
    results.push_back(is_needed ? found[next++] : at::Tensor());
  }
  return results;
}

}  // namespace ctorch
