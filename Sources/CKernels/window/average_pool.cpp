// Average pooling with windows of 3³.
//
// First the nine rows of a window are added up, for a whole line at once, then three neighbours of
// the line: eleven additions instead of 26. Each slice is read three times, twice from the cache:
// bound by bandwidth, of the caches: 22 GB/s in and out on two cores of a Zen 5, where a copy has 50.

#include <atomic>
#include <new>

#include "../memory.hpp"
#include "../parallel.hpp"
#include "window.hpp"

namespace ckernels {
namespace {

/// What a slice of the result is made of.
struct Slice {
  const ckernels_images &images;
  float *output;
  const float *input;  ///< The first slice of this slice's plane.
  int64_t depth;
  /// On the way back a voxel gives each of its windows its share, so it is divided beforehand.
  bool backward;
};

/// The sum of the rows around a row, each times the reciprocal of what its windows hold along depth
/// and height on the way back.
CKERNELS_INLINE void add_rows(float *line, const Slice &slice, int64_t y) {
  const auto &size = slice.images.size;
  const int64_t z = slice.depth, width = size[2];
  const float *rows[9];
  float factors[9];
  int64_t count = 0;
  for (int64_t dz = std::max<int64_t>(z - 1, 0); dz <= std::min(z + 1, size[0] - 1); ++dz) {
    for (int64_t dy = std::max<int64_t>(y - 1, 0); dy <= std::min(y + 1, size[1] - 1); ++dy) {
      const int64_t voxels = voxels_inside(dz, size[0]) * voxels_inside(dy, size[1]);
      factors[count] = slice.backward ? 1.0f / static_cast<float>(voxels) : 1.0f;
      rows[count++] = slice.input + (dz * size[1] + dy) * width * 8;
    }
  }
  for (int64_t x = 0; x < width; ++x) {
    float8 sum{}, more;
    for (int64_t row = 0; row < count; ++row) {
      load(more, rows[row] + x * 8);
      sum += more * factors[row];
    }
    if (slice.backward) sum *= 1.0f / static_cast<float>(voxels_inside(x, width));
    store(line + x * 8, sum);
  }
}

CKERNELS_INLINE void pool(const Slice &slice, float *line) {
  const auto &size = slice.images.size;
  const int64_t width = size[2];
  for (int64_t y = 0; y < size[1]; ++y) {
    // The line lies between two voxels of zeros.
    add_rows(line + 8, slice, y);
    float *output = slice.output + y * width * 8;
    const int64_t voxels = voxels_inside(slice.depth, size[0]) * voxels_inside(y, size[1]);
    float8 left, middle, right;
    for (int64_t x = 0; x < width; ++x) {
      load(left, line + x * 8);
      load(middle, line + (x + 1) * 8);
      load(right, line + (x + 2) * 8);
      middle += left + right;
      if (!slice.backward) middle *= 1.0f / static_cast<float>(voxels * voxels_inside(x, width));
      store(output + x * 8, middle);
    }
  }
}

CKERNELS_AVX2 void pool_avx2(const Slice &slice, float *line) { pool(slice, line); }
void pool_portable(const Slice &slice, float *line) { pool(slice, line); }

int average(const ckernels_images *images, float *output, const float *input, bool backward) {
  return guarded([&] {
    check(images);
    const auto &size = images->size;
    const int64_t slice_length = size[1] * size[2] * 8;
    std::atomic<bool> complete{true};
    const auto kernel = uses_avx2() ? pool_avx2 : pool_portable;
    parallel(slices(*images), [&](int64_t index) {
      const Memory<float> line((size[2] + 2) * 8);
      if (!line.data()) {
        complete = false;
        return;
      }
      const int64_t depth = index % size[0];
      kernel({*images, output + index * slice_length, input + (index - depth) * slice_length, depth,
              backward},
             line.data());
    });
    if (!complete) throw std::bad_alloc();
  });
}

}  // namespace
}  // namespace ckernels

int ckernels_average_pool(const ckernels_images *images, float *output, const float *input) {
  return ckernels::average(images, output, input, false);
}

int ckernels_average_pool_gradient(const ckernels_images *images, float *input_gradient,
                                   const float *output_gradient) {
  return ckernels::average(images, input_gradient, output_gradient, true);
}
