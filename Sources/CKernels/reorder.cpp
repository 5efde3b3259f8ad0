// Between plain and blocked. One read and one write of everything: bound by bandwidth. On two cores of a
// Zen 5 36 to 42 GB/s into blocks and 32 to 35 out of them, where a copy has 47 to 53.

#include "include/CKernelsReorder.h"

#include <algorithm>
#include <cstring>

#include "guard.hpp"
#include "include/CKernelsRuntime.h"
#include "parallel.hpp"
#include "processor.hpp"

using namespace ckernels;

namespace {

/// How many voxels are transposed at a time: eight lines of this length stay in the first cache.
constexpr int64_t voxels_per_part = 512;

/// Calls `body(plain, blocked, lanes, count)` for every stretch of voxels of every block: where the
/// stretch starts on both sides, how many channels the block has, and how many voxels.
template <typename Body>
void for_all_stretches(int64_t batch, int64_t channels, int64_t voxels, const Body &body) {
  require(batch >= 0 && channels >= 0 && voxels >= 0, "a length is negative");
  const int64_t parts = (voxels + voxels_per_part - 1) / voxels_per_part;
  parallel(batch * blocks(channels) * parts, [&](int64_t chunk) {
    const Part part(voxels, parts, chunk % parts);
    const int64_t block = chunk / parts % blocks(channels);
    const int64_t image = chunk / parts / blocks(channels);
    body((image * channels + 8 * block) * voxels + part.start,
         8 * ((image * blocks(channels) + block) * voxels + part.start),
         std::min<int64_t>(8, channels - 8 * block), part.end - part.start);
  });
}

CKERNELS_INLINE void block(float *target, const float *source, int64_t stride, int64_t lanes,
                           int64_t count) {
  if (lanes == 8) {
    for (int64_t voxel = 0; voxel < count; ++voxel) {
      for (int lane = 0; lane < 8; ++lane) target[8 * voxel + lane] = source[lane * stride + voxel];
    }
    return;
  }
  for (int64_t voxel = 0; voxel < count; ++voxel) {
    for (int lane = 0; lane < 8; ++lane) {
      target[8 * voxel + lane] = lane < lanes ? source[lane * stride + voxel] : 0.0f;
    }
  }
}

CKERNELS_INLINE void unblock(float *target, const float *source, int64_t stride, int64_t lanes,
                             int64_t count) {
  for (int64_t lane = 0; lane < lanes; ++lane) {
    for (int64_t voxel = 0; voxel < count; ++voxel) {
      target[lane * stride + voxel] = source[8 * voxel + lane];
    }
  }
}

}  // namespace

int ckernels_to_blocked(float *output, const float *input, int64_t batch, int64_t channels,
                        int64_t voxels) {
  return guarded([&] {
    for_all_stretches(batch, channels, voxels, [&](int64_t plain, int64_t blocked, int64_t lanes,
                                                   int64_t count) {
      block(output + blocked, input + plain, voxels, lanes, count);
    });
  });
}

int ckernels_to_plain(float *output, const float *input, int64_t batch, int64_t channels,
                      int64_t voxels) {
  return guarded([&] {
    for_all_stretches(batch, channels, voxels, [&](int64_t plain, int64_t blocked, int64_t lanes,
                                                   int64_t count) {
      unblock(output + plain, input + blocked, voxels, lanes, count);
    });
  });
}
