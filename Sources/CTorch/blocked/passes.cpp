// The passes of a convolution over blocked numbers, which no gradient flows through.

#include "passes.hpp"

using namespace ctorch;

namespace {

/// A plain input of so few channels is read as it is: blocked, it would be mostly zeros.
constexpr int64_t few_channels = 4;

at::Tensor blocked_like(const ckernels_convolution &sizes, bool is_input,
                        const at::TensorOptions &options) {
  const int64_t channels = is_input ? sizes.input_channels : sizes.output_channels;
  const auto &size = is_input ? sizes.input : sizes.output;
  return at::empty({sizes.batch, (channels + CKERNELS_BLOCK - 1) / CKERNELS_BLOCK, size[0],
                    size[1], size[2], CKERNELS_BLOCK},
                   options);
}

}  // namespace

at::Tensor ctorch::through(const ckernels_convolution &sizes, bool to_input,
                           const at::Tensor &source, const at::Tensor &weight,
                           const at::Tensor &bias) {
  const at::Tensor from = source.contiguous(), kernel = weight.contiguous();
  const at::Tensor shift = bias.defined() ? bias.contiguous() : bias;
  const float *shift_floats = shift.defined() ? floats(shift) : nullptr;
  const at::Tensor result = blocked_like(sizes, to_input, source.options());
  share_threads();
  succeed(to_input ? ckernels_convolution_data_gradient(&sizes, floats(result), floats(from),
                                                        floats(kernel), shift_floats)
                   : ckernels_convolution_forward(&sizes, floats(result), floats(from),
                                                  floats(kernel), shift_floats));
  return result;
}

at::Tensor ctorch::weight_gradient(const ckernels_convolution &sizes, const at::Tensor &input,
                                   const at::Tensor &output, const at::Tensor &weight) {
  const at::Tensor result = at::empty(weight.sizes(), weight.options());
  share_threads();
  if (sizes.input_channels <= few_channels) {
    const at::Tensor plain = to_plain(input, sizes.input_channels);
    succeed(ckernels_weight_gradient_plain(&sizes, floats(result), nullptr, floats(plain),
                                           floats(output)));
  } else {
    succeed(ckernels_weight_gradient(&sizes, floats(result), nullptr, floats(input),
                                     floats(output)));
  }
  return result;
}

at::Tensor ctorch::bias_gradient(const at::Tensor &gradient, int64_t channels) {
  const at::Tensor source = gradient.contiguous();
  const at::Tensor result = at::empty({channels}, source.options());
  share_threads();
  succeed(ckernels_channel_sums(floats(result), floats(source), source.size(0), channels,
                                source.size(2) * source.size(3) * source.size(4)));
  return result;
}
