// Blocked activations: on the processor, in float32, images stay in the layout of CKernels from one
// layer to the next.

#pragma once

#include "../guard.hpp"
#include "CKernels.h"

namespace ctorch {

/// A tensor [N, channels, D, H, W] as CKernels computes with it.
at::Tensor to_blocked(const at::Tensor &plain);

/// The tensor [N, channels, D, H, W] of a blocked one.
at::Tensor to_plain(const at::Tensor &blocked, int64_t channels);

inline bool is_blocked(const ctorch_tensor *handle) { return handle->channels > 0; }

/// Whether a handle is blocked, or holds an image that can be: float32 on the processor, with five
/// axes, none of them empty.
bool can_be_blocked(const ctorch_tensor *handle);

/// The blocked numbers of a handle that `can_be_blocked`.
at::Tensor blocked(const ctorch_tensor *handle);

/// The lengths of the tensor that a handle stands for.
std::vector<int64_t> shape(const ctorch_tensor *handle);

/// Where the numbers of a tensor are, which must be contiguous float32 on the processor.
inline float *floats(const at::Tensor &tensor) { return tensor.data_ptr<float>(); }

/// Throws what CKernels said where a call of it failed.
inline void succeed(int status) { TORCH_CHECK(status == 0, ckernels_last_error()); }

/// What stands for an undefined tensor among the arguments of an autograd function, which must all
/// have a device: one without numbers.
inline at::Tensor stand_in(const at::Tensor &tensor, const at::Tensor &beside) {
  return tensor.defined() ? tensor : at::empty({0}, beside.options());
}

/// Undoes `stand_in`.
inline at::Tensor undone(const at::Tensor &tensor) {
  return tensor.defined() && tensor.numel() > 0 ? tensor : at::Tensor();
}

/// Lets CKernels use as many threads as ATen would on this thread.
void share_threads();

}  // namespace ctorch
