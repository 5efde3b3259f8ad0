// Layers and the loss, for images [N, C, D, H, W].

#include "guard.hpp"

using namespace ctorch;

int ctorch_convolution(ctorch_tensor **result, const ctorch_tensor *input,
                       const ctorch_tensor *weight, const ctorch_tensor *bias,
                       const ptrdiff_t *stride, const ptrdiff_t *padding, const ptrdiff_t *dilation,
                       ptrdiff_t axes, ptrdiff_t groups) {
  return computed(result, [&] {
    const std::vector<int64_t> no_output_padding(static_cast<size_t>(axes), 0);
    return at::convolution(input->value, weight->value, optional(bias), lengths(stride, axes),
                           lengths(padding, axes), lengths(dilation, axes), false,
                           no_output_padding, groups);
  });
}

int ctorch_transposed_convolution(ctorch_tensor **result, const ctorch_tensor *input,
                                  const ctorch_tensor *weight, const ctorch_tensor *bias,
                                  const ptrdiff_t *stride, ptrdiff_t axes) {
  return computed(result, [&] {
    const std::vector<int64_t> zeros(static_cast<size_t>(axes), 0);
    const std::vector<int64_t> ones(static_cast<size_t>(axes), 1);
    return at::convolution(input->value, weight->value, optional(bias), lengths(stride, axes),
                           zeros, ones, true, zeros, 1);
  });
}

int ctorch_instance_norm(ctorch_tensor **result, const ctorch_tensor *input,
                         const ctorch_tensor *scale, const ctorch_tensor *shift, double epsilon) {
  return computed(result, [&] {
    // One group per channel is instance normalisation, and in ATen 1.13 this route is two to three
    // times faster than `instance_norm`, forward and backward.
    TORCH_CHECK(input->value.dim() > 1, "the input needs a batch and a channel axis");
    return at::group_norm(input->value, input->value.size(1), optional(scale), optional(shift),
                          epsilon);
  });
}

int ctorch_average_pooled(ctorch_tensor **result, const ctorch_tensor *input,
                          const ptrdiff_t *window, const ptrdiff_t *stride, ptrdiff_t axes) {
  return computed(result, [&] {
    return at::avg_pool3d(input->value, lengths(window, axes), lengths(stride, axes));
  });
}

int ctorch_max_pooled(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *window,
                      const ptrdiff_t *stride, ptrdiff_t axes) {
  return computed(result, [&] {
    return at::max_pool3d(input->value, lengths(window, axes), lengths(stride, axes));
  });
}

int ctorch_interpolated(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *size,
                        ptrdiff_t axes, int nearest) {
  return computed(result, [&] {
    if (nearest) return at::upsample_nearest3d(input->value, lengths(size, axes));
    return at::upsample_trilinear3d(input->value, lengths(size, axes), /*align_corners=*/false);
  });
}

int ctorch_cross_entropy(ctorch_tensor **result, const ctorch_tensor *logits,
                         const ctorch_tensor *classes) {
  return computed(result, [&] { return at::cross_entropy_loss(logits->value, classes->value); });
}
