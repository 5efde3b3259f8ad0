// A coarser scan simulated: nearest voxels down, trilinear interpolation up.
//
// The coarse voxels are never stored: each is one of the patch, so a row of the result mixes four
// rows of it, and the row's own interpolation follows. Bound by the gather along x.

#include <algorithm>
#include <cmath>
#include <vector>

#include "../guard.hpp"
#include "../include/CKernelsAugmentation.h"
#include "../processor.hpp"

using namespace ckernels;

namespace {

/// Per voxel of an axis the two voxels of the patch that it is interpolated from, and the share of
/// the second.
struct Axis {
  std::vector<int32_t> first;
  std::vector<int32_t> second;
  std::vector<float> share;

  Axis(int64_t length, int64_t coarse) {
    const double scale = static_cast<double>(coarse) / static_cast<double>(length);
    const auto nearest = [&](int64_t index) {
      return static_cast<int32_t>((2 * index + 1) * length / (2 * coarse));
    };
    for (int64_t index = 0; index < length; ++index) {
      const double position =
          std::max(0.0, (static_cast<double>(index) + 0.5) * scale - 0.5);
      const auto below = std::min(static_cast<int64_t>(position), coarse - 1);
      first.push_back(nearest(below));
      second.push_back(nearest(std::min(below + 1, coarse - 1)));
      share.push_back(static_cast<float>(position - static_cast<double>(below)));
    }
  }
};

struct LowResolution {
  ckernels_size size;
  const Axis &x;
  const Axis &y;
  const Axis &z;

  /// A row of the result; `mixed` has room for a row.
  CKERNELS_INLINE void make_row(float *__restrict target, const float *patch,
                                float *__restrict mixed, size_t j, size_t k) const {
    const auto row = [&](int32_t slice, int32_t line) __attribute__((always_inline)) {
      return patch + (slice * size.y + line) * size.x;
    };
    const float *near_left = row(z.first[k], y.first[j]);
    const float *near_right = row(z.first[k], y.second[j]);
    const float *far_left = row(z.second[k], y.first[j]);
    const float *far_right = row(z.second[k], y.second[j]);
    const float along_y = y.share[j];
    const float along_z = z.share[k];
    for (int64_t i = 0; i < size.x; ++i) {
      const float near = near_left[i] + along_y * (near_right[i] - near_left[i]);
      const float far = far_left[i] + along_y * (far_right[i] - far_left[i]);
      mixed[i] = near + along_z * (far - near);
    }
    const int32_t *first = x.first.data();
    const int32_t *second = x.second.data();
    const float *share = x.share.data();
    for (int64_t i = 0; i < size.x; ++i) {
      const float left = mixed[first[i]];
      target[i] = left + share[i] * (mixed[second[i]] - left);
    }
  }

  CKERNELS_INLINE void run(float *target, const float *patch, float *mixed) const {
    for (int64_t k = 0; k < size.z; ++k) {
      for (int64_t j = 0; j < size.y; ++j) {
        make_row(target + (k * size.y + j) * size.x, patch, mixed, static_cast<size_t>(j),
                 static_cast<size_t>(k));
      }
    }
  }
};

CKERNELS_AVX2 void run_avx2(const LowResolution &change, float *target, const float *patch,
                            float *mixed) {
  change.run(target, patch, mixed);
}

void run_portable(const LowResolution &change, float *target, const float *patch, float *mixed) {
  change.run(target, patch, mixed);
}

}  // namespace

int ckernels_lower_resolution(float *patch, float *scratch, ckernels_size size,
                              ckernels_size coarse) {
  return guarded([&] {
    require(coarse.x > 0 && coarse.y > 0 && coarse.z > 0, "a size is not positive");
    require(coarse.x <= size.x && coarse.y <= size.y && coarse.z <= size.z,
            "the coarse grid is finer than the patch");
    const Axis x(size.x, coarse.x), y(size.y, coarse.y), z(size.z, coarse.z);
    const LowResolution change{size, x, y, z};
    std::vector<float> mixed(static_cast<size_t>(size.x));
    std::copy_n(patch, size.x * size.y * size.z, scratch);
    (uses_avx2() ? run_avx2 : run_portable)(change, patch, scratch, mixed.data());
  });
}
