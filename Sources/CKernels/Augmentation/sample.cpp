// Patches out of volumes, turned, scaled and mirrored in one gather.
//
// A row of the patch is worked on 64 voxels at a time: positions and weights are computed once, then
// used for every channel and for the labels. Neighbours along x lie side by side in memory, so a
// voxel takes four loads of two numbers per channel.

#include "../elementary.hpp"
#include "../guard.hpp"
#include "corners.hpp"
#include "grid_copy.hpp"

using namespace ckernels;

namespace {

/// Eight pairs of neighbours along x, taken apart.
CKERNELS_INLINE void load_pairs(float8 &left, float8 &right, const float *source,
                                const int32_t *places) {
  double pairs[lanes];
  for (int64_t i = 0; i < lanes; ++i) std::memcpy(&pairs[i], source + places[i], sizeof(double));
  float8 low, high;
  std::memcpy(&low, pairs, sizeof(low));
  std::memcpy(&high, pairs + 4, sizeof(high));
  left = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
  right = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
}

CKERNELS_INLINE void interpolate(float *target, const float *volume, const ckernels_size &size,
                                 const Segment &segment, int64_t first) {
  const int64_t row = size.x;
  const int64_t slice = size.x * size.y;
  const int32_t *places = segment.place + first;
  float8 x, y, z;
  load(x, segment.part[0] + first);
  load(y, segment.part[1] + first);
  load(z, segment.part[2] + first);
  float8 left, right;
  load_pairs(left, right, volume, places);
  const float8 first_row = left + x * (right - left);
  load_pairs(left, right, volume + row, places);
  const float8 second_row = left + x * (right - left);
  load_pairs(left, right, volume + slice, places);
  const float8 third_row = left + x * (right - left);
  load_pairs(left, right, volume + slice + row, places);
  const float8 fourth_row = left + x * (right - left);
  const float8 near = first_row + y * (second_row - first_row);
  const float8 far = third_row + y * (fourth_row - third_row);
  store(target, near + z * (far - near));
}

CKERNELS_INLINE void sample_segment(const Sampling &sampling, const Segment &segment,
                                    int64_t target) {
  const ckernels_size &size = sampling.volume;
  for (int64_t channel = 0; channel < sampling.channels; ++channel) {
    const float *volume = sampling.volumes[channel];
    if (volume == nullptr) continue;
    float *patch = sampling.patches[channel] + target;
    for (int64_t i = 0; i < segment.count; i += lanes) {
      if (i + lanes <= segment.count && segment.are_inside(i)) {
        interpolate(patch + i, volume, size, segment, i);
        continue;
      }
      for (int64_t k = i; k < std::min(i + lanes, segment.count); ++k) {
        patch[k] = Corners(segment, k, size).image(volume);
      }
    }
  }
  if (sampling.labels == nullptr) return;
  for (int64_t i = 0; i < segment.count; ++i) {
    const uint8_t *classes = sampling.classes;
    const bool is_plain = segment.is_inside[i] && is_uniform(classes + segment.place[i], size);
    sampling.labels[target + i] =
        is_plain ? classes[segment.place[i]] : Corners(segment, i, size).label(classes);
  }
}

CKERNELS_INLINE void sample(const Sampling &sampling) {
  Segment segment;
  for (int64_t z = 0; z < sampling.patch.z; ++z) {
    for (int64_t y = 0; y < sampling.patch.y; ++y) {
      const int64_t row = (z * sampling.patch.y + y) * sampling.patch.x;
      for (int64_t x = 0; x < sampling.patch.x; x += segment_length) {
        segment.locate(sampling, x, y, z);
        sample_segment(sampling, segment, row + x);
      }
    }
  }
}

CKERNELS_AVX2 void sample_avx2(const Sampling &sampling) { sample(sampling); }
void sample_portable(const Sampling &sampling) { sample(sampling); }

void check(const ckernels_size &size) {
  require(size.x > 0 && size.y > 0 && size.z > 0, "a size is not positive");
  constexpr int64_t most = 1 << 30;
  require(size.x <= most && size.y <= most / size.x && size.z <= most / (size.x * size.y),
          "there are more than 2^30 voxels");
}

void check(const ckernels_placement &at) {
  for (int axis = 0; axis < 3; ++axis) {
    require(std::isfinite(at.start[axis]), "the placement is not finite");
    for (const double slope : {at.x[axis], at.y[axis], at.z[axis]}) {
      require(std::abs(slope) <= 1e6, "the placement is not finite, or its voxels are far apart");
    }
  }
}

}  // namespace

int ckernels_sample(float *const *patches, uint8_t *labels, ckernels_size patch,
                    const float *const *volumes, const uint8_t *classes, int64_t channels,
                    ckernels_size volume, const ckernels_placement *placement) {
  return guarded([&] {
    check(patch);
    check(volume);
    check(*placement);
    require((labels == nullptr) == (classes == nullptr), "labels need classes to be read from");
    const Sampling sampling{patches, labels,   patch,  volumes,
                            classes, channels, volume, *placement};
    for (int64_t channel = 0; channel < channels; ++channel) {
      if (volumes[channel] != nullptr) continue;
      std::fill_n(patches[channel], patch.x * patch.y * patch.z, 0.0F);
    }
    if (!is_on_grid(*placement)) {
      return uses_avx2() ? sample_avx2(sampling) : sample_portable(sampling);
    }
    for (int64_t channel = 0; channel < channels; ++channel) {
      if (volumes[channel] != nullptr) copy(patches[channel], volumes[channel], sampling);
    }
    if (labels != nullptr) copy(labels, classes, sampling);
  });
}
