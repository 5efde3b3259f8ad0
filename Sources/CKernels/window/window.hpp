// What the operations with windows share.

#pragma once

#include <algorithm>
#include <cstdint>

#include "../guard.hpp"
#include "../include/CKernelsWindow.h"
#include "../processor.hpp"

namespace ckernels {

inline void check(const ckernels_images *images) {
  require(images != nullptr, "an operation with windows needs its sizes");
  require(images->batch > 0 && images->channels > 0 && images->size[0] > 0 &&
              images->size[1] > 0 && images->size[2] > 0,
          "an operation with windows needs images of at least one voxel");
}

/// How many slices [H, W, 8] the blocked images have: what is handed out to threads.
inline int64_t slices(const ckernels_images &images) {
  return images.batch * blocks(images.channels) * images.size[0];
}

/// How many of the voxels from `place - 1` to `place + 1` lie inside.
inline int64_t voxels_inside(int64_t place, int64_t size) {
  return std::min(place + 1, size - 1) - std::max<int64_t>(place - 1, 0) + 1;
}

/// One number per lane that is not a number of a voxel.
typedef int32_t whole8 __attribute__((vector_size(32)));

}  // namespace ckernels
