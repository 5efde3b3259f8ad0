#include "local_norm.hpp"

#include <algorithm>

#include "norm.hpp"

using namespace ctorch;

namespace {

/// `matrix` [to, from] applied along one axis of `image`.
at::Tensor along(const at::Tensor &image, const at::Tensor &matrix, int64_t axis) {
  return at::matmul(image.movedim(axis, -1), matrix.t()).movedim(-1, axis);
}

/// [windows, length]: the mean over the voxels of each window.
at::Tensor window_means(const ckernels_statistics_axis &axis) {
  const int64_t windows = axis.tiles - axis.window + 1;
  at::Tensor matrix = at::zeros({windows, axis.edges[axis.tiles]}, at::kDouble);
  for (int64_t window = 0; window < windows; ++window) {
    const int64_t start = axis.edges[window], end = axis.edges[window + axis.window];
    matrix.select(0, window).slice(0, start, end).fill_(1.0 / static_cast<double>(end - start));
  }
  return matrix;
}

/// [tiles, windows]: the weights of the windows for each tile.
at::Tensor tile_weights(const ckernels_statistics_axis &axis) {
  const int64_t windows = axis.tiles - axis.window + 1;
  at::Tensor matrix = at::zeros({axis.tiles, windows}, at::kDouble);
  for (int64_t tile = 0; tile < axis.tiles; ++tile) {
    for (int64_t index = 0; index < axis.window; ++index) {
      const int64_t window = tile - axis.window + 1 + index;
      if (window >= 0 && window < windows)
        matrix.index_put_({at::tensor(tile), at::tensor(window)},
                          static_cast<double>(axis.weights[tile * axis.window + index]));
    }
  }
  return matrix;
}

/// [length, tiles]: linear between the middles of the tiles, constant beyond the outermost.
at::Tensor voxel_weights(const ckernels_statistics_axis &axis) {
  const auto middle = [&](int64_t tile) {
    return static_cast<double>(axis.edges[tile] + axis.edges[tile + 1] - 1) / 2;
  };
  at::Tensor matrix = at::zeros({axis.edges[axis.tiles], axis.tiles}, at::kDouble);
  double *numbers = matrix.data_ptr<double>();
  for (int64_t voxel = 0; voxel < axis.edges[axis.tiles]; ++voxel, numbers += axis.tiles) {
    const auto place = static_cast<double>(voxel);
    int64_t after = 0;
    while (after < axis.tiles && middle(after) <= place) ++after;
    if (after == 0 || after == axis.tiles) {
      numbers[std::min(after, axis.tiles - 1)] = 1;
      continue;
    }
    const double share = (place - middle(after - 1)) / (middle(after) - middle(after - 1));
    numbers[after - 1] = 1 - share;
    numbers[after] = share;
  }
  return matrix;
}

at::Tensor per_channel(const at::Tensor &numbers) { return numbers.reshape({1, -1, 1, 1, 1}); }

at::Tensor plain_locally_normalized(const LocallyNormalizing &work) {
  const at::Tensor image = plain(work.input);
  // Away from the mean of the image, so that squares lose few digits.
  const at::Tensor middle = image.mean(at::IntArrayRef{2, 3, 4}, /*keepdim=*/true);
  at::Tensor mean = image - middle, square = mean * mean;
  for (int64_t axis = 0; axis < 3; ++axis) {
    const at::Tensor matrix = window_means(work.axes[axis]).to(image.options());
    mean = along(mean, matrix, axis + 2);
    square = along(square, matrix, axis + 2);
  }
  at::Tensor factor = at::rsqrt((square - mean * mean).clamp_min(0) + work.epsilon);
  if (work.scale.defined()) factor = factor * per_channel(work.scale);
  at::Tensor summand = -(mean + middle) * factor;
  if (work.shift.defined()) summand = summand + per_channel(work.shift);
  for (int64_t axis = 0; axis < 3; ++axis) {
    const at::Tensor matrix =
        voxel_weights(work.axes[axis]).matmul(tile_weights(work.axes[axis])).to(image.options());
    factor = along(factor, matrix, axis + 2);
    summand = along(summand, matrix, axis + 2);
  }
  const at::Tensor result = image * factor + summand;
  return work.slope == 1 ? result : at::leaky_relu(result, work.slope);
}

void check(const LocallyNormalizing &work) {
  const std::vector<int64_t> sizes = shape(work.input);
  TORCH_CHECK(sizes.size() == 5, "the input needs a batch, a channel and three spatial axes");
  TORCH_CHECK(!c10::GradMode::is_enabled(), "no gradient flows through it; use it without gradients");
  for (int axis = 0; axis < 3; ++axis)
    TORCH_CHECK(work.axes[axis].edges[work.axes[axis].tiles] == sizes[static_cast<size_t>(axis) + 2],
                "the tiles of axis ", axis + 2, " end at ", work.axes[axis].edges[work.axes[axis].tiles],
                ", expected ", sizes[static_cast<size_t>(axis) + 2]);
}

}  // namespace

ctorch_tensor ctorch::locally_normalized(const LocallyNormalizing &work) {
  check(work);
  const Normalizing norm{work.input, work.scale, work.shift, work.epsilon, work.slope};
  if (!has_kernel(norm)) return {plain_locally_normalized(work)};
  const int64_t channels = shape(work.input)[1];
  const at::Tensor source = blocked(work.input).contiguous();
  const at::Tensor result = at::empty_like(source);
  const at::Tensor scale = work.scale.defined() ? work.scale.contiguous() : work.scale;
  const at::Tensor shift = work.shift.defined() ? work.shift.contiguous() : work.shift;
  ckernels_local_norm sizes{source.size(0), channels, {}, work.epsilon,
                            static_cast<float>(work.slope)};
  std::copy_n(work.axes, 3, sizes.axes);
  share_threads();
  succeed(ckernels_local_norm_forward(&sizes, floats(result), floats(source),
                                      scale.defined() ? floats(scale) : nullptr,
                                      shift.defined() ? floats(shift) : nullptr));
  return {result, channels};
}
