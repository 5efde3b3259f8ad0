// Layers and the loss, for images [N, C, D, H, W].

#include "blocked/convolution.hpp"
#include "blocked/local_norm.hpp"
#include "blocked/norm.hpp"
#include "blocked/window.hpp"
#include "guard.hpp"

using namespace ctorch;

namespace {

/// A convolution where it is computed fastest, or refused by ATen in its words.
ctorch_tensor convolve(const Convolving &work) {
  if (has_kernel(work)) return convolved(work);
  if (has_depthwise_kernel(work)) return depthwise_convolved(work);
  const std::vector<int64_t> no_output_padding(work.stride.size(), 0);
  return {at::convolution(plain(work.input), work.weight, work.bias, work.stride, work.padding,
                          work.dilation, work.is_transposed, no_output_padding, work.groups)};
}

}  // namespace

int ctorch_convolution(ctorch_tensor **result, const ctorch_tensor *input,
                       const ctorch_tensor *weight, const ctorch_tensor *bias,
                       const ptrdiff_t *stride, const ptrdiff_t *padding, const ptrdiff_t *dilation,
                       ptrdiff_t axes, ptrdiff_t groups) {
  return computed(result, [&] {
    const Convolving work{input,
                          plain(weight),
                          optional(bias),
                          lengths(stride, axes).vec(),
                          lengths(padding, axes).vec(),
                          lengths(dilation, axes).vec(),
                          /*is_transposed=*/false,
                          groups};
    return convolve(work);
  });
}

int ctorch_transposed_convolution(ctorch_tensor **result, const ctorch_tensor *input,
                                  const ctorch_tensor *weight, const ctorch_tensor *bias,
                                  const ptrdiff_t *stride, ptrdiff_t axes) {
  return computed(result, [&] {
    const Convolving work{input,
                          plain(weight),
                          optional(bias),
                          lengths(stride, axes).vec(),
                          std::vector<int64_t>(static_cast<size_t>(axes), 0),
                          std::vector<int64_t>(static_cast<size_t>(axes), 1),
                          /*is_transposed=*/true,
                          /*groups=*/1};
    return convolve(work);
  });
}

int ctorch_instance_norm(ctorch_tensor **result, const ctorch_tensor *input,
                         const ctorch_tensor *scale, const ctorch_tensor *shift, double epsilon,
                         double slope) {
  return computed(result, [&]() -> ctorch_tensor {
    const Normalizing work{input, optional(scale), optional(shift), epsilon, slope};
    if (has_kernel(work)) return normalized(work);
    return {normalized_plain(plain(input), work.scale, work.shift, epsilon, slope)};
  });
}

int ctorch_group_norm(ctorch_tensor **result, const ctorch_tensor *input,
                      const ctorch_tensor *scale, const ctorch_tensor *shift, ptrdiff_t groups,
                      double epsilon) {
  return computed(result, [&] {
    return at::group_norm(plain(input), groups, plain(scale), plain(shift), epsilon);
  });
}

int ctorch_batch_norm(ctorch_tensor **result, const ctorch_tensor *input,
                      const ctorch_tensor *scale, const ctorch_tensor *shift,
                      const ctorch_tensor *mean, const ctorch_tensor *variance, int is_training,
                      double momentum, double epsilon) {
  return computed(result, [&] {
    return at::batch_norm(plain(input), plain(scale), plain(shift), plain(mean), plain(variance),
                          is_training != 0, momentum, epsilon, /*cudnn_enabled=*/true);
  });
}

int ctorch_local_norm(ctorch_tensor **result, const ctorch_tensor *input, const ctorch_tensor *scale,
                      const ctorch_tensor *shift, const int64_t *edges, const float *weights,
                      const ptrdiff_t *tiles, const ptrdiff_t *window, double epsilon,
                      double slope) {
  return computed(result, [&]() -> ctorch_tensor {
    LocallyNormalizing work{input, optional(scale), optional(shift), {}, epsilon, slope};
    for (int axis = 0; axis < 3; ++axis) {
      work.axes[axis] = {edges, tiles[axis], window[axis], weights};
      edges += tiles[axis] + 1;
      weights += tiles[axis] * window[axis];
    }
    return locally_normalized(work);
  });
}

int ctorch_average_pooled(ctorch_tensor **result, const ctorch_tensor *input,
                          const ptrdiff_t *window, const ptrdiff_t *stride,
                          const ptrdiff_t *padding, ptrdiff_t axes) {
  return computed(result, [&]() -> ctorch_tensor {
    if (has_pooling_kernel(input, lengths(window, axes), lengths(stride, axes),
                           lengths(padding, axes), /*is_mean=*/true)) {
      return average_pooled(input);
    }
    return {at::avg_pool3d(plain(input), lengths(window, axes), lengths(stride, axes),
                           lengths(padding, axes), /*ceil_mode=*/false,
                           /*count_include_pad=*/false)};
  });
}

int ctorch_max_pooled(ctorch_tensor **result, const ctorch_tensor *input,
                          const ptrdiff_t *window, const ptrdiff_t *stride,
                          const ptrdiff_t *padding, ptrdiff_t axes) {
  return computed(result, [&]() -> ctorch_tensor {
    if (has_pooling_kernel(input, lengths(window, axes), lengths(stride, axes),
                           lengths(padding, axes), /*is_mean=*/false)) {
      return max_pooled(input);
    }
    return {at::max_pool3d(plain(input), lengths(window, axes), lengths(stride, axes),
                           lengths(padding, axes))};
  });
}

int ctorch_interpolated(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *size,
                        ptrdiff_t axes, int nearest) {
  return computed(result, [&] {
    if (nearest) return at::upsample_nearest3d(plain(input), lengths(size, axes));
    return at::upsample_trilinear3d(plain(input), lengths(size, axes), /*align_corners=*/false);
  });
}

int ctorch_cross_entropy(ctorch_tensor **result, const ctorch_tensor *logits,
                         const ctorch_tensor *classes) {
  return computed(result, [&] { return at::cross_entropy_loss(plain(logits), plain(classes)); });
}
