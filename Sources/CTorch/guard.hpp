// What every file of this bridge needs: the handle, the guard, and the way from C lists to ATen's.

#pragma once

#include <ATen/ATen.h>

#include <exception>
#include <vector>

#include "include/CTorch.h"

/// A tensor in one of two layouts.
///
/// Plain: `storage` is the tensor, and `channels` is 0. Blocked: the tensor is [N, channels, D, H, W],
/// and `storage` holds it as CKernels wants it, [N, ⌈channels/8⌉, D, H, W, 8]. Read it through
/// `plain`, unless the function knows about both.
struct ctorch_tensor {
  at::Tensor storage;
  int64_t channels = 0;
};

namespace ctorch {

/// Keeps the first line of `message` for `ctorch_last_error`, on this thread.
void remember(const char *message) noexcept;

/// Runs `body` and turns anything it throws into a status and a remembered message.
template <typename Body>
int guarded(Body body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error &error) {
    remember(error.what_without_backtrace());
  } catch (const std::exception &error) {
    remember(error.what());
  } catch (...) {
    remember("libtorch threw something that is not a std::exception");
  }
  return 1;
}

/// Runs `body`, which computes a tensor or all of a handle, and hands that to the caller in a new handle.
template <typename Body>
int computed(ctorch_tensor **result, Body body) noexcept {
  return guarded([&] { *result = new ctorch_tensor{body()}; });
}

/// A list of lengths or axes, without a copy.
inline at::IntArrayRef lengths(const ptrdiff_t *values, ptrdiff_t count) {
  static_assert(sizeof(ptrdiff_t) == sizeof(int64_t), "sizes are 64 bits wide on both sides");
  return {reinterpret_cast<const int64_t *>(values), static_cast<size_t>(count)};
}

/// The tensor of a handle; one that is blocked is reordered, and gradients flow through that.
at::Tensor plain(const ctorch_tensor *handle);

/// The tensors of a list of handles.
inline std::vector<at::Tensor> tensors(const ctorch_tensor *const *handles, ptrdiff_t count) {
  std::vector<at::Tensor> values;
  for (ptrdiff_t index = 0; index < count; ++index) values.push_back(plain(handles[index]));
  return values;
}

/// The tensor of a handle that may be null: then one that is undefined.
inline at::Tensor optional(const ctorch_tensor *handle) {
  return handle ? plain(handle) : at::Tensor();
}

/// ATen's name of a `ctorch_type`.
at::ScalarType scalar_type(int type);

/// ATen's name of a device number.
at::Device device(int number);

}  // namespace ctorch
