// Element by element on blocked images: for what leaves the zeros of spare lanes zero.

#include "elementwise.hpp"

#include <algorithm>

using namespace ctorch;

namespace {

/// `factor` as it combines with the storage of `image`; undefined where it does not.
at::Tensor factor_for(const ctorch_tensor *image, const ctorch_tensor *factor) {
  const at::Tensor &value = factor->storage;
  if (!is_blocked(image) || is_blocked(factor) || !value.device().is_cpu() ||
      value.scalar_type() != at::kFloat) {
    return {};
  }
  if (value.numel() == 1 && value.dim() <= 5) return value.reshape({});
  if (value.dim() != 5 || value.size(1) != 1) return {};
  const std::vector<int64_t> lengths = shape(image);
  for (int64_t axis = 0; axis < 5; ++axis) {
    const int64_t length = lengths[static_cast<size_t>(axis)];
    if (axis != 1 && value.size(axis) != 1 && value.size(axis) != length) return {};
  }
  return value.unsqueeze(-1);
}

/// Whether the inputs can be put one after another as they are stored.
bool fit(const ctorch_tensor *const *inputs, ptrdiff_t count, int64_t axis) {
  const auto is_one_blocked = std::any_of(inputs, inputs + count, is_blocked);
  if (!is_one_blocked || !std::all_of(inputs, inputs + count, can_be_blocked)) return false;
  std::vector<int64_t> first = shape(inputs[0]);
  for (ptrdiff_t index = 0; index < count; ++index) {
    std::vector<int64_t> lengths = shape(inputs[index]);
    if (axis == 1 && index + 1 < count && lengths[1] % CKERNELS_BLOCK != 0) return false;
    lengths[static_cast<size_t>(axis)] = first[static_cast<size_t>(axis)];
    if (lengths != first) return false;
  }
  return true;
}

}  // namespace

ctorch_tensor ctorch::product(const ctorch_tensor *left, const ctorch_tensor *right) {
  const at::Tensor on_right = factor_for(left, right);
  if (on_right.defined()) return {at::mul(left->storage, on_right), left->channels};
  const at::Tensor on_left = factor_for(right, left);
  if (on_left.defined()) return {at::mul(on_left, right->storage), right->channels};
  return combined(left, right, [](const at::Tensor &a, const at::Tensor &b) {
    return at::mul(a, b);
  });
}

ctorch_tensor ctorch::concatenated(const ctorch_tensor *const *inputs, ptrdiff_t count,
                                   int64_t axis) {
  const int64_t from_front = axis < 0 ? axis + 5 : axis;
  if ((from_front != 0 && from_front != 1) || count == 0 || !fit(inputs, count, from_front)) {
    return {at::cat(tensors(inputs, count), axis)};
  }
  std::vector<at::Tensor> parts;
  int64_t channels = 0;
  for (ptrdiff_t index = 0; index < count; ++index) {
    parts.push_back(blocked(inputs[index]));
    channels += shape(inputs[index])[1];
  }
  return {at::cat(parts, from_front), from_front == 1 ? channels : shape(inputs[0])[1]};
}
