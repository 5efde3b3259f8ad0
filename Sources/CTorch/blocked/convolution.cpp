// Convolutions of blocked images, with gradients.

#include "convolution.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cstring>

#include "passes.hpp"
#include "twice.hpp"

using namespace ctorch;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

/// As a list of integers, which autograd can keep.
std::vector<int64_t> listed(const ckernels_convolution &sizes) {
  std::vector<int64_t> list(sizeof(sizes) / sizeof(int64_t));
  std::memcpy(list.data(), &sizes, sizeof(sizes));
  return list;
}

ckernels_convolution unlisted(const std::vector<int64_t> &list) {
  ckernels_convolution sizes;
  std::memcpy(&sizes, list.data(), sizeof(sizes));
  return sizes;
}

/// The convolution whose forward pass this is, or whose data gradient where it is transposed.
///
/// Its output is empty where the kernel does not fit.
ckernels_convolution sizes_of(const Convolving &work) {
  const std::vector<int64_t> lengths = shape(work.input);
  ckernels_convolution sizes{};
  sizes.batch = lengths[0];
  sizes.output_channels = work.weight.size(0);
  sizes.input_channels = work.weight.size(1);
  for (size_t axis = 0; axis < 3; ++axis) {
    const int64_t kernel = work.weight.size(static_cast<int64_t>(axis) + 2);
    sizes.kernel[axis] = kernel;
    sizes.stride[axis] = work.stride[axis];
    sizes.padding[axis] = work.padding[axis];
    sizes.dilation[axis] = work.dilation[axis];
    if (work.is_transposed) {
      sizes.output[axis] = lengths[axis + 2];
      sizes.input[axis] = (lengths[axis + 2] - 1) * work.stride[axis] + kernel;
    } else {
      sizes.input[axis] = lengths[axis + 2];
      const int64_t room =
          lengths[axis + 2] + 2 * work.padding[axis] - work.dilation[axis] * (kernel - 1) - 1;
      sizes.output[axis] = room < 0 ? 0 : room / work.stride[axis] + 1;
    }
  }
  return sizes;
}

struct BlockedConvolution : torch::autograd::Function<BlockedConvolution> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &input,
                            const at::Tensor &weight, const at::Tensor &given_bias,
                            const std::vector<int64_t> &sizes, bool is_transposed) {
    const at::Tensor bias = undone(given_bias);
    context->save_for_backward({input, weight, bias});
    context->saved_data["sizes"] = sizes;
    context->saved_data["is_transposed"] = is_transposed;
    return through(unlisted(sizes), is_transposed, input, weight, bias);
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const variable_list saved = context->get_saved_variables();
    const auto sizes = unlisted(context->saved_data["sizes"].toIntVector());
    const bool is_transposed = context->saved_data["is_transposed"].toBool();
    variable_list results(5);
    if (c10::GradMode::is_enabled()) {
      const variable_list again = differentiated_twice(saved, gradients[0], sizes, is_transposed);
      std::copy(again.begin(), again.end(), results.begin());
      return results;
    }
    const at::Tensor gradient = gradients[0].contiguous();
    const at::Tensor input = saved[0].contiguous();
    if (context->needs_input_grad(0)) {
      results[0] = through(sizes, !is_transposed, gradient, saved[1], at::Tensor());
    }
    if (context->needs_input_grad(1)) {
      results[1] = is_transposed ? weight_gradient(sizes, gradient, input, saved[1])
                                 : weight_gradient(sizes, input, gradient, saved[1]);
    }
    if (saved[2].defined() && context->needs_input_grad(2)) {
      results[2] = bias_gradient(
          gradient, is_transposed ? sizes.input_channels : sizes.output_channels);
    }
    return results;
  }

  /// ATen's gradients, which can be differentiated again.
  static variable_list differentiated_twice(const variable_list &saved, const at::Tensor &gradient,
                                            const ckernels_convolution &sizes,
                                            bool is_transposed) {
    return differentiable_gradients(saved, gradient, [&](const variable_list &inputs) {
      const int64_t channels = is_transposed ? sizes.output_channels : sizes.input_channels;
      return to_blocked(at::convolution(
          to_plain(inputs[0], channels), inputs[1], inputs[2], at::IntArrayRef(sizes.stride, 3),
          at::IntArrayRef(sizes.padding, 3), at::IntArrayRef(sizes.dilation, 3), is_transposed,
          {0, 0, 0}, 1));
    });
  }
};

bool is_weight(const at::Tensor &tensor, int64_t axes) {
  return tensor.dim() == axes && tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat &&
         tensor.numel() > 0;
}

bool all_at_least(const std::vector<int64_t> &lengths, int64_t least) {
  return lengths.size() == 3 &&
         std::all_of(lengths.begin(), lengths.end(), [=](int64_t each) { return each >= least; });
}

}  // namespace

bool ctorch::has_kernel(const Convolving &work) {
  if (!can_be_blocked(work.input) || !is_weight(work.weight, 5) || work.groups != 1) return false;
  if (!all_at_least(work.stride, 1) || !all_at_least(work.padding, 0) ||
      !all_at_least(work.dilation, 1)) {
    return false;
  }
  const int64_t read = work.is_transposed ? 0 : 1;
  if (work.weight.size(read) != shape(work.input)[1]) return false;
  if (work.bias.defined() &&
      (!is_weight(work.bias, 1) || work.bias.size(0) != work.weight.size(1 - read))) {
    return false;
  }
  const ckernels_convolution sizes = sizes_of(work);
  return std::all_of(sizes.output, sizes.output + 3, [](int64_t length) { return length > 0; });
}

ctorch_tensor ctorch::convolved(const Convolving &work) {
  const ckernels_convolution sizes = sizes_of(work);
  const at::Tensor result = BlockedConvolution::apply(
      blocked(work.input), work.weight, stand_in(work.bias, work.weight), listed(sizes),
      work.is_transposed);
  return {result, work.is_transposed ? sizes.input_channels : sizes.output_channels};
}
