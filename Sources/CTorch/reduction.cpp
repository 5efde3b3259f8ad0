// From many numbers to one, over some axes or all.

#include <numeric>

#include "guard.hpp"

using namespace ctorch;

namespace {

/// The axes of a list, or all axes of `input` when the list is empty.
std::vector<int64_t> axes_or_all(const at::Tensor &input, const ptrdiff_t *axes, ptrdiff_t count) {
  if (count > 0) return lengths(axes, count).vec();
  std::vector<int64_t> all(static_cast<size_t>(input.dim()));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

int ctorch_sum(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
               ptrdiff_t count, int keeping) {
  return computed(result, [&] {
    return at::sum(plain(input), axes_or_all(plain(input), axes, count), keeping != 0);
  });
}

int ctorch_mean(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                ptrdiff_t count, int keeping) {
  return computed(result, [&] {
    return at::mean(plain(input), axes_or_all(plain(input), axes, count), keeping != 0);
  });
}

int ctorch_maximum(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                   ptrdiff_t count, int keeping) {
  return computed(result, [&] {
    return at::amax(plain(input), axes_or_all(plain(input), axes, count), keeping != 0);
  });
}

int ctorch_minimum(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                   ptrdiff_t count, int keeping) {
  return computed(result, [&] {
    return at::amin(plain(input), axes_or_all(plain(input), axes, count), keeping != 0);
  });
}

int ctorch_argmax(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis) {
  return computed(result, [&] { return at::argmax(plain(input), axis); });
}

int ctorch_softmax(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis) {
  return computed(result, [&] { return at::softmax(plain(input), axis); });
}

int ctorch_log_softmax(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis) {
  return computed(result, [&] { return at::log_softmax(plain(input), axis); });
}
