// Gaussian blur, one axis after the other.
//
// Two passes over the patch: x and y slice by slice, while the slice is in the first cache, then z.
// At most 7 taps per axis: bound by the second cache.

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "../guard.hpp"
#include "../include/CKernelsAugmentation.h"
#include "../processor.hpp"

using namespace ckernels;

namespace {

constexpr int64_t radius = 3;
constexpr int64_t tap_count = 2 * radius + 1;

/// A symmetric kernel: the weight of the middle, of its neighbours, and so on.
typedef std::array<float, radius + 1> Taps;

/// The Gaussian of `sigma` voxels. As in nnU-Net it has six sigma and a half taps, brought to the
/// nearest odd number: 3, from a sigma of 0.583 on 5, and from 0.917 on 7.
Taps taps_for(double sigma) {
  require(sigma > 0 && sigma < 1.25, "a sigma is not above 0 and below 1.25");
  const auto reach = static_cast<int64_t>(3 * sigma + 0.25);
  double weights[radius + 1] = {1};
  double total = 1;
  for (int64_t i = 1; i <= reach; ++i) {
    const double distance = static_cast<double>(i) / sigma;
    weights[i] = std::exp(-0.5 * distance * distance);
    total += 2 * weights[i];
  }
  Taps taps;
  for (size_t i = 0; i < taps.size(); ++i) taps[i] = static_cast<float>(weights[i] / total);
  return taps;
}

/// The position that stands for `index`, mirrored at the ends of an axis of `length` voxels.
int64_t mirrored(int64_t index, int64_t length) {
  if (length == 1) return 0;
  const int64_t period = 2 * (length - 1);
  const int64_t place = ((index % period) + period) % period;
  return place < length ? place : period - place;
}

/// target = the weighted sum of the rows around it.
CKERNELS_INLINE void mix(float *__restrict target, const float *const rows[tap_count],
                         const Taps &taps, int64_t count) {
  const float *a = rows[0], *b = rows[1], *c = rows[2], *d = rows[3];
  const float *e = rows[4], *f = rows[5], *g = rows[6];
  const float t0 = taps[0], t1 = taps[1], t2 = taps[2], t3 = taps[3];
  for (int64_t i = 0; i < count; ++i) {
    target[i] = t0 * d[i] + t1 * (c[i] + e[i]) + t2 * (b[i] + f[i]) + t3 * (a[i] + g[i]);
  }
}

struct Blur {
  ckernels_size size;
  Taps x, y, z;

  /// Blurs a row along itself; `padded` has room for six more than a row.
  CKERNELS_INLINE void blur_row(float *target, const float *source, float *padded) const {
    for (int64_t i = 0; i < radius; ++i) {
      padded[i] = source[mirrored(i - radius, size.x)];
      padded[radius + size.x + i] = source[mirrored(size.x + i, size.x)];
    }
    std::copy_n(source, size.x, padded + radius);
    const float *rows[tap_count];
    for (int64_t i = 0; i < tap_count; ++i) rows[i] = padded + i;
    mix(target, rows, x, size.x);
  }

  CKERNELS_INLINE void run(float *patch, float *scratch, float *slice, float *padded) const {
    const int64_t area = size.x * size.y;
    const float *rows[tap_count];
    for (int64_t k = 0; k < size.z; ++k) {
      for (int64_t j = 0; j < size.y; ++j) {
        blur_row(slice + j * size.x, patch + k * area + j * size.x, padded);
      }
      for (int64_t j = 0; j < size.y; ++j) {
        for (int64_t i = 0; i < tap_count; ++i) {
          rows[i] = slice + mirrored(j + i - radius, size.y) * size.x;
        }
        mix(scratch + k * area + j * size.x, rows, y, size.x);
      }
    }
    for (int64_t k = 0; k < size.z; ++k) {
      for (int64_t i = 0; i < tap_count; ++i) {
        rows[i] = scratch + mirrored(k + i - radius, size.z) * area;
      }
      mix(patch + k * area, rows, z, area);
    }
  }
};

CKERNELS_AVX2 void run_avx2(const Blur &blur, float *patch, float *scratch, float *slice,
                            float *padded) {
  blur.run(patch, scratch, slice, padded);
}

void run_portable(const Blur &blur, float *patch, float *scratch, float *slice, float *padded) {
  blur.run(patch, scratch, slice, padded);
}

}  // namespace

int ckernels_blur(float *patch, float *scratch, ckernels_size size, const double sigmas[3]) {
  return guarded([&] {
    require(size.x > 0 && size.y > 0 && size.z > 0, "a size is not positive");
    const Blur blur{size, taps_for(sigmas[0]), taps_for(sigmas[1]), taps_for(sigmas[2])};
    std::vector<float> slice(static_cast<size_t>(size.x * size.y));
    std::vector<float> padded(static_cast<size_t>(size.x + 2 * radius));
    const auto run = uses_avx2() ? run_avx2 : run_portable;
    run(blur, patch, scratch, slice.data(), padded.data());
  });
}
