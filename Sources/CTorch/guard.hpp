// What every file of this bridge needs: the handle, the guard, and the way from C lists to ATen's.

#pragma once

#include <ATen/ATen.h>

#include <exception>
#include <vector>

#include "include/CTorch.h"

struct ctorch_tensor {
  at::Tensor value;
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

/// Runs `body`, which computes a tensor, and hands that to the caller in a new handle.
template <typename Body>
int computed(ctorch_tensor **result, Body body) noexcept {
  return guarded([&] { *result = new ctorch_tensor{body()}; });
}

/// A list of lengths or axes, without a copy.
inline at::IntArrayRef lengths(const ptrdiff_t *values, ptrdiff_t count) {
  static_assert(sizeof(ptrdiff_t) == sizeof(int64_t), "sizes are 64 bits wide on both sides");
  return {reinterpret_cast<const int64_t *>(values), static_cast<size_t>(count)};
}

/// The tensors of a list of handles.
inline std::vector<at::Tensor> tensors(const ctorch_tensor *const *handles, ptrdiff_t count) {
  std::vector<at::Tensor> values;
  for (ptrdiff_t index = 0; index < count; ++index) values.push_back(handles[index]->value);
  return values;
}

/// The tensor of a handle that may be null: then one that is undefined.
inline at::Tensor optional(const ctorch_tensor *handle) {
  return handle ? handle->value : at::Tensor();
}

/// ATen's name of a `ctorch_type`.
at::ScalarType scalar_type(int type);

/// ATen's name of a device number.
at::Device device(int number);

}  // namespace ctorch
