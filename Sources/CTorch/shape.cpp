// The same numbers in another shape, and joining, cutting, padding.

#include "blocked/elementwise.hpp"
#include "guard.hpp"

using namespace ctorch;

int ctorch_reshaped(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *shape,
                    ptrdiff_t rank) {
  return computed(result, [&] { return plain(input).reshape(lengths(shape, rank)); });
}

int ctorch_expanded(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *shape,
                    ptrdiff_t rank) {
  return computed(result, [&] { return plain(input).expand(lengths(shape, rank)); });
}

int ctorch_permuted(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                    ptrdiff_t count) {
  return computed(result, [&] { return plain(input).permute(lengths(axes, count)); });
}

int ctorch_flipped(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                   ptrdiff_t count) {
  return computed(result, [&] { return at::flip(plain(input), lengths(axes, count)); });
}

int ctorch_narrowed(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis,
                    ptrdiff_t start, ptrdiff_t count) {
  return computed(result, [&] { return plain(input).narrow(axis, start, count); });
}

int ctorch_selected(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis,
                    ptrdiff_t index) {
  return computed(result, [&] { return plain(input).select(axis, index); });
}

int ctorch_concatenated(ctorch_tensor **result, const ctorch_tensor *const *inputs, ptrdiff_t count,
                        ptrdiff_t axis) {
  return computed(result, [&] { return concatenated(inputs, count, axis); });
}

int ctorch_stacked(ctorch_tensor **result, const ctorch_tensor *const *inputs, ptrdiff_t count,
                   ptrdiff_t axis) {
  return computed(result, [&] { return at::stack(tensors(inputs, count), axis); });
}

int ctorch_padded(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *before,
                  const ptrdiff_t *after, ptrdiff_t count, double value) {
  return computed(result, [&] {
    std::vector<int64_t> widths;  // ATen wants the last axis first.
    for (ptrdiff_t axis = count - 1; axis >= 0; --axis) {
      widths.push_back(before[axis]);
      widths.push_back(after[axis]);
    }
    return at::constant_pad_nd(plain(input), widths, value);
  });
}

int ctorch_one_hot(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t classes) {
  return computed(result, [&] {
    std::vector<int64_t> shape = plain(input).sizes().vec();
    TORCH_CHECK(!shape.empty(), "the classes need a batch axis");
    shape.insert(shape.begin() + 1, classes);
    const auto options = plain(input).options().dtype(at::kFloat);
    return at::zeros(shape, options).scatter_(1, plain(input).unsqueeze(1), 1);
  });
}
