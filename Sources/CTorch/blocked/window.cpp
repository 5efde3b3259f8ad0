#include "window.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "twice.hpp"

using namespace ctorch;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

ckernels_images sizes_of(const at::Tensor &blocked, int64_t channels) {
  return {blocked.size(0), channels, {blocked.size(2), blocked.size(3), blocked.size(4)}};
}

/// The mean, or the transposed operation that takes a gradient back. Both are linear, and each is the
/// other's gradient.
struct BlockedAveragePool : torch::autograd::Function<BlockedAveragePool> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &input, int64_t channels,
                            bool is_transposed) {
    context->saved_data["channels"] = channels;
    context->saved_data["is_transposed"] = is_transposed;
    const at::Tensor source = input.contiguous(), result = at::empty_like(source);
    const ckernels_images sizes = sizes_of(source, channels);
    share_threads();
    const auto kernel = is_transposed ? ckernels_average_pool_gradient : ckernels_average_pool;
    succeed(kernel(&sizes, floats(result), floats(source)));
    return result;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const int64_t channels = context->saved_data["channels"].toInt();
    const bool is_transposed = context->saved_data["is_transposed"].toBool();
    return {apply(gradients[0], channels, !is_transposed), at::Tensor(), at::Tensor()};
  }
};

struct BlockedMaxPool : torch::autograd::Function<BlockedMaxPool> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &input, int64_t channels) {
    const at::Tensor source = input.contiguous(), result = at::empty_like(source);
    const at::Tensor places = at::empty(source.sizes(), source.options().dtype(at::kByte));
    const ckernels_images sizes = sizes_of(source, channels);
    share_threads();
    succeed(ckernels_max_pool(&sizes, floats(result), places.data_ptr<uint8_t>(), floats(source)));
    // The input is only read again where the gradient is differentiated; it is not a copy.
    context->save_for_backward({input, places});
    context->saved_data["channels"] = channels;
    return result;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const variable_list saved = context->get_saved_variables();
    const int64_t channels = context->saved_data["channels"].toInt();
    if (c10::GradMode::is_enabled()) {
      const variable_list again =
          differentiable_gradients({saved[0]}, gradients[0], [&](const variable_list &inputs) {
            return to_blocked(at::max_pool3d(to_plain(inputs[0], channels), 3, 1, 1));
          });
      return {again[0], at::Tensor()};
    }
    const at::Tensor gradient = gradients[0].contiguous(), result = at::empty_like(gradient);
    const ckernels_images sizes = sizes_of(gradient, channels);
    share_threads();
    succeed(ckernels_max_pool_gradient(&sizes, floats(result), floats(gradient),
                                       saved[1].data_ptr<uint8_t>()));
    return {result, at::Tensor()};
  }
};

struct BlockedDepthwise : torch::autograd::Function<BlockedDepthwise> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &input,
                            const at::Tensor &weight, int64_t dilation) {
    const at::Tensor source = input.contiguous(), kernel = weight.contiguous();
    const at::Tensor result = at::empty_like(source);
    const ckernels_images sizes = sizes_of(source, weight.size(0));
    share_threads();
    succeed(ckernels_depthwise(&sizes, weight.size(2), dilation, floats(result), floats(source),
                               floats(kernel)));
    context->save_for_backward({input, weight});
    context->saved_data["dilation"] = dilation;
    return result;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const variable_list saved = context->get_saved_variables();
    const int64_t dilation = context->saved_data["dilation"].toInt();
    const int64_t channels = saved[1].size(0), edge = saved[1].size(2);
    if (c10::GradMode::is_enabled()) {
      const variable_list again =
          differentiable_gradients(saved, gradients[0], [&](const variable_list &inputs) {
            const int64_t padding = edge / 2 * dilation;
            return to_blocked(at::conv3d(to_plain(inputs[0], channels), inputs[1], at::Tensor(), 1,
                                         padding, dilation, channels));
          });
      return {again[0], again[1], at::Tensor()};
    }
    const at::Tensor source = saved[0].contiguous(), gradient = gradients[0].contiguous();
    const at::Tensor kernel = saved[1].contiguous();
    const ckernels_images sizes = sizes_of(source, channels);
    variable_list results(3);
    share_threads();
    if (context->needs_input_grad(0)) {
      results[0] = at::empty_like(source);
      succeed(ckernels_depthwise_data_gradient(&sizes, edge, dilation, floats(results[0]),
                                               floats(gradient), floats(kernel)));
    }
    if (context->needs_input_grad(1)) {
      results[1] = at::empty_like(kernel);
      succeed(ckernels_depthwise_weight_gradient(&sizes, edge, dilation, floats(results[1]),
                                                 floats(source), floats(gradient)));
    }
    return results;
  }
};

bool all_are(at::IntArrayRef lengths, int64_t wanted) {
  return lengths.size() == 3 &&
         std::all_of(lengths.begin(), lengths.end(), [=](int64_t each) { return each == wanted; });
}

}  // namespace

bool ctorch::has_pooling_kernel(const ctorch_tensor *input, at::IntArrayRef window,
                                at::IntArrayRef stride, at::IntArrayRef padding, bool is_mean) {
  if (!can_be_blocked(input) || !all_are(window, 3) || !all_are(stride, 1) || !all_are(padding, 1)) {
    return false;
  }
  // ATen refuses a mean of images that are smaller than the window, and so the layouts agree.
  const std::vector<int64_t> lengths = shape(input);
  return !is_mean || std::all_of(lengths.begin() + 2, lengths.end(),
                                 [](int64_t length) { return length >= 3; });
}

ctorch_tensor ctorch::average_pooled(const ctorch_tensor *input) {
  const int64_t channels = shape(input)[1];
  return {BlockedAveragePool::apply(blocked(input), channels, false), channels};
}

ctorch_tensor ctorch::max_pooled(const ctorch_tensor *input) {
  const int64_t channels = shape(input)[1];
  return {BlockedMaxPool::apply(blocked(input), channels), channels};
}

bool ctorch::has_depthwise_kernel(const Convolving &work) {
  const at::Tensor &weight = work.weight;
  if (!can_be_blocked(work.input) || work.is_transposed || work.bias.defined()) return false;
  if (weight.dim() != 5 || !weight.device().is_cpu() || weight.scalar_type() != at::kFloat ||
      work.dilation.empty()) {
    return false;
  }
  const int64_t channels = shape(work.input)[1], edge = weight.size(2);
  const int64_t reach = edge / 2 * work.dilation[0];
  return channels > 1 && work.groups == channels && weight.size(0) == channels &&
         weight.size(1) == 1 && edge % 2 == 1 && reach <= CKERNELS_FURTHEST_REACH &&
         weight.size(3) == edge && weight.size(4) == edge && work.dilation[0] > 0 &&
         all_are(work.dilation, work.dilation[0]) && all_are(work.stride, 1) &&
         all_are(work.padding, reach);
}

ctorch_tensor ctorch::depthwise_convolved(const Convolving &work) {
  return {BlockedDepthwise::apply(blocked(work.input), work.weight, work.dilation[0]),
          work.weight.size(0)};
}
