// Between plain and blocked, with gradients.

#include "layout.hpp"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

using namespace ctorch;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

struct ToPlain : torch::autograd::Function<ToPlain> {
  static at::Tensor forward(AutogradContext *, const at::Tensor &blocked, int64_t channels) {
    const at::Tensor source = blocked.contiguous();
    std::vector<int64_t> lengths = source.sizes().vec();
    lengths.pop_back();
    lengths[1] = channels;
    const at::Tensor result = at::empty(lengths, source.options());
    share_threads();
    succeed(ckernels_to_plain(floats(result), floats(source), lengths[0], channels,
                              lengths[2] * lengths[3] * lengths[4]));
    return result;
  }

  static variable_list backward(AutogradContext *, variable_list gradients) {
    return {to_blocked(gradients[0]), at::Tensor()};
  }
};

struct ToBlocked : torch::autograd::Function<ToBlocked> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &plain) {
    const at::Tensor source = plain.contiguous();
    std::vector<int64_t> lengths = source.sizes().vec();
    const int64_t channels = lengths[1];
    context->saved_data["channels"] = channels;
    lengths[1] = (channels + CKERNELS_BLOCK - 1) / CKERNELS_BLOCK;
    lengths.push_back(CKERNELS_BLOCK);
    const at::Tensor result = at::empty(lengths, source.options());
    share_threads();
    succeed(ckernels_to_blocked(floats(result), floats(source), lengths[0], channels,
                                lengths[2] * lengths[3] * lengths[4]));
    return result;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    return {to_plain(gradients[0], context->saved_data["channels"].toInt())};
  }
};

}  // namespace

at::Tensor ctorch::to_blocked(const at::Tensor &plain) { return ToBlocked::apply(plain); }

at::Tensor ctorch::to_plain(const at::Tensor &blocked, int64_t channels) {
  return ToPlain::apply(blocked, channels);
}

at::Tensor ctorch::plain(const ctorch_tensor *handle) {
  return is_blocked(handle) ? to_plain(handle->storage, handle->channels) : handle->storage;
}

bool ctorch::can_be_blocked(const ctorch_tensor *handle) {
  const at::Tensor &storage = handle->storage;
  return is_blocked(handle) || (storage.dim() == 5 && storage.device().is_cpu() &&
                                storage.scalar_type() == at::kFloat && storage.numel() > 0);
}

at::Tensor ctorch::blocked(const ctorch_tensor *handle) {
  return is_blocked(handle) ? handle->storage : to_blocked(handle->storage);
}

std::vector<int64_t> ctorch::shape(const ctorch_tensor *handle) {
  std::vector<int64_t> lengths = handle->storage.sizes().vec();
  if (is_blocked(handle)) {
    lengths.pop_back();
    lengths[1] = handle->channels;
  }
  return lengths;
}

void ctorch::share_threads() { at::internal::lazy_init_num_threads(); }
