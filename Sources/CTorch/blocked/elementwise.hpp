// Element by element on blocked images: for what leaves the zeros of spare lanes zero.

#pragma once

#include "layout.hpp"

namespace ctorch {

/// `function` of the numbers of a handle, blocked where they are. It must give 0 for 0.
template <typename Function>
ctorch_tensor mapped(const ctorch_tensor *input, Function function) {
  return {function(input->storage), input->channels};
}

/// Whether two handles stand for images of one shape, at least one of them blocked and the other one
/// that can be.
inline bool are_alike(const ctorch_tensor *left, const ctorch_tensor *right) {
  return (is_blocked(left) || is_blocked(right)) && can_be_blocked(left) &&
         can_be_blocked(right) && shape(left) == shape(right);
}

/// `function` of two handles, blocked where they are alike. It must give 0 for two zeros.
template <typename Function>
ctorch_tensor combined(const ctorch_tensor *left, const ctorch_tensor *right, Function function) {
  if (!are_alike(left, right)) return {function(plain(left), plain(right))};
  return {function(blocked(left), blocked(right)), shape(left)[1]};
}

/// The product of two handles: blocked where they are alike, and where one is blocked and the other
/// has one number in all, or one for all channels.
ctorch_tensor product(const ctorch_tensor *left, const ctorch_tensor *right);

/// Handles one after another along `axis`: blocked where that is the channels' and no block but the
/// last one's has spare lanes, or where it is the batch's.
ctorch_tensor concatenated(const ctorch_tensor *const *inputs, ptrdiff_t count, int64_t axis);

}  // namespace ctorch
