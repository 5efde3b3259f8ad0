// Eight voxels' sums, or eight taps' sums, stay in registers; the other factors come from the cache.

#include "depthwise.hpp"

namespace ckernels {
namespace {

/// How many voxels of a row are computed at a time.
constexpr int64_t at_a_time = 8;
/// How many more voxels of a row their windows see.
constexpr int64_t widest = 2 * CKERNELS_FURTHEST_REACH;

/// Reads rows as if they had zeros around them.
struct Border {
  alignas(32) float voxels[(at_a_time + widest) * 8];

  /// `count` voxels from `start` on, which may be outside.
  CKERNELS_INLINE const float *read(const float *row, int64_t start, int64_t count, int64_t width) {
    if (start >= 0 && start + count <= width) return row + start * 8;
    const float8 none{};
    float8 voxel;
    for (int64_t index = 0; index < count; ++index) {
      voxel = none;
      if (start + index >= 0 && start + index < width) load(voxel, row + (start + index) * 8);
      store(voxels + index * 8, voxel);
    }
    return voxels;
  }
};

/// Calls `body(row, tap)` for every row of the plane inside the windows of row `y`: where the row
/// starts, and the first of its taps.
template <typename Body>
CKERNELS_INLINE void for_rows(const Depthwise &work, const float *plane, int64_t z, int64_t y,
                              const Body &body) {
  const auto &size = work.images.size;
  for (int64_t kd = 0; kd < work.edge; ++kd) {
    const int64_t dz = z + kd * work.dilation - work.reach();
    if (dz < 0 || dz >= size[0]) continue;
    for (int64_t kh = 0; kh < work.edge; ++kh) {
      const int64_t dy = y + kh * work.dilation - work.reach();
      if (dy < 0 || dy >= size[1]) continue;
      body(plane + (dz * size[1] + dy) * size[2] * 8, (kd * work.edge + kh) * work.edge);
    }
  }
}

CKERNELS_INLINE void slice(const Depthwise &work, float *output, const float *plane,
                           const float *weight, int64_t depth) {
  const auto &size = work.images.size;
  const int64_t span = at_a_time + 2 * work.reach();
  Border border;
  for (int64_t y = 0; y < size[1]; ++y) {
    for (int64_t x = 0; x < size[2]; x += at_a_time) {
      float8 sums[at_a_time] = {};
      for_rows(work, plane, depth, y, [&](const float *row, int64_t tap) __attribute__((always_inline)) {
        const float *voxels = border.read(row, x - work.reach(), span, size[2]);
        for (int64_t kw = 0; kw < work.edge; ++kw, voxels += work.dilation * 8) {
          float8 factor, voxel;
          load(factor, weight + (tap + kw) * 8);
          for (int64_t index = 0; index < at_a_time; ++index) {
            load(voxel, voxels + index * 8);
            sums[index] += factor * voxel;
          }
        }
      });
      float *target = output + (y * size[2] + x) * 8;
      for (int64_t index = 0; index < at_a_time; ++index)
        if (x + index < size[2]) store(target + index * 8, sums[index]);
    }
  }
}

/// Σ over eight voxels of gradient · voxel, for one tap; two sums, so that one need not wait.
CKERNELS_INLINE void add_products(float *sums, const float *voxels, const float *gradient) {
  float8 even, odd{}, voxel, factor;
  load(even, sums);
  for (int64_t index = 0; index < at_a_time; index += 2) {
    load(voxel, voxels + index * 8);
    load(factor, gradient + index * 8);
    even += voxel * factor;
    load(voxel, voxels + index * 8 + 8);
    load(factor, gradient + index * 8 + 8);
    odd += voxel * factor;
  }
  store(sums, even + odd);
}

CKERNELS_INLINE void sums(const Depthwise &work, float *sums, const float *plane,
                          const float *gradient, int64_t depth) {
  const auto &size = work.images.size;
  const int64_t span = at_a_time + 2 * work.reach();
  Border border, edge;
  for (int64_t y = 0; y < size[1]; ++y) {
    for (int64_t x = 0; x < size[2]; x += at_a_time) {
      const float *factors = edge.read(gradient + y * size[2] * 8, x, at_a_time, size[2]);
      for_rows(work, plane, depth, y, [&](const float *row, int64_t tap) __attribute__((always_inline)) {
        const float *voxels = border.read(row, x - work.reach(), span, size[2]);
        for (int64_t kw = 0; kw < work.edge; ++kw)
          add_products(sums + (tap + kw) * 8, voxels + kw * work.dilation * 8, factors);
      });
    }
  }
}

CKERNELS_AVX2 void slice_avx2(const Depthwise &work, float *output, const float *plane,
                              const float *weight, int64_t depth) {
  slice(work, output, plane, weight, depth);
}
void slice_portable(const Depthwise &work, float *output, const float *plane, const float *weight,
                    int64_t depth) {
  slice(work, output, plane, weight, depth);
}
CKERNELS_AVX2 void sums_avx2(const Depthwise &work, float *target, const float *plane,
                             const float *gradient, int64_t depth) {
  sums(work, target, plane, gradient, depth);
}
void sums_portable(const Depthwise &work, float *target, const float *plane, const float *gradient,
                   int64_t depth) {
  sums(work, target, plane, gradient, depth);
}

}  // namespace

DepthwiseSlice depthwise_slice() { return uses_avx2() ? slice_avx2 : slice_portable; }
DepthwiseSums depthwise_sums() { return uses_avx2() ? sums_avx2 : sums_portable; }

}  // namespace ckernels
