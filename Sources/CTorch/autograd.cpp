// Gradients, and whether they are recorded.

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

#include <memory>

#include "guard.hpp"

using namespace ctorch;

int ctorch_requires_gradient(const ctorch_tensor *tensor) { return tensor->storage.requires_grad(); }

int ctorch_set_requires_gradient(ctorch_tensor *tensor, int required) {
  return guarded([&] { tensor->storage.set_requires_grad(required != 0); });
}

ctorch_tensor *ctorch_gradient(const ctorch_tensor *tensor) {
  ctorch_tensor *result = nullptr;
  guarded([&] {
    const at::Tensor &gradient = tensor->storage.grad();
    if (gradient.defined()) result = new ctorch_tensor{gradient, tensor->channels};
  });
  return result;
}

int ctorch_clear_gradient(ctorch_tensor *tensor) {
  return guarded([&] { tensor->storage.mutable_grad().reset(); });
}

int ctorch_backward(const ctorch_tensor *scalar, int keeping_graph) {
  return guarded([&] { torch::autograd::backward({plain(scalar)}, {}, keeping_graph != 0); });
}

int ctorch_gradients(ctorch_tensor **results, const ctorch_tensor *scalar,
                     const ctorch_tensor *const *inputs, ptrdiff_t count, int keeping_graph,
                     int differentiable) {
  return guarded([&] {
    std::vector<at::Tensor> sources;  // As they are stored: that is what the graph knows.
    for (ptrdiff_t index = 0; index < count; ++index) sources.push_back(inputs[index]->storage);
    const auto gradients = torch::autograd::grad(
        {plain(scalar)}, sources, {}, keeping_graph || differentiable,
        differentiable != 0, /*allow_unused=*/true);
    std::vector<std::unique_ptr<ctorch_tensor>> handles;
    for (size_t index = 0; index < gradients.size(); ++index) {
      const at::Tensor &gradient = gradients[index];
      handles.emplace_back(
          gradient.defined() ? new ctorch_tensor{gradient, inputs[index]->channels} : nullptr);
    }
    for (auto &handle : handles) *results++ = handle.release();
  });
}

int ctorch_detached(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] {
    return ctorch_tensor{input->storage.detach(), input->channels};
  });
}

int ctorch_is_recording(void) { return c10::GradMode::is_enabled(); }

void ctorch_set_recording(int recording) { c10::GradMode::set_enabled(recording != 0); }
