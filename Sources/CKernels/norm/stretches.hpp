// How the voxels of blocked activations are cut for sums that are the same with any thread count.

#pragma once

#include <algorithm>
#include <cstdint>

#include "../parallel.hpp"

namespace ckernels {

/// A plane is one block of channels of one image: voxels × 8 lanes. Its voxels are cut into
/// stretches of a fixed length. Whatever is summed is summed per stretch, and stretch after stretch
/// in float64 afterwards.
struct Stretches {
  /// Two arrays of this many voxels stay in the first cache.
  static constexpr int64_t length = 512;
  /// How many stretches a thread takes at a time where a plane is shared.
  static constexpr int64_t at_a_time = 32;
  /// How many voxels of a plane one core's second cache keeps from one pass to the next.
  static constexpr int64_t cached_voxels = 1 << 14;

  int64_t planes;
  int64_t voxels;

  int64_t per_plane() const { return (voxels + length - 1) / length; }
  int64_t count(int64_t stretch) const {
    return std::min(length, voxels - stretch * length);
  }

  /// Runs `first` over all stretches of a plane, then `between` once for the plane, then `second`
  /// over all stretches again. A thread keeps a small plane from pass to pass; large ones are
  /// shared. Which of the two happens changes no result.
  template <typename First, typename Between, typename Second>
  void run(const First &first, const Between &between, const Second &second) const {
    if (voxels <= cached_voxels) {
      parallel(planes, [&](int64_t plane) {
        for (int64_t stretch = 0; stretch < per_plane(); ++stretch) first(plane, stretch);
        between(plane);
        for (int64_t stretch = 0; stretch < per_plane(); ++stretch) second(plane, stretch);
      });
      return;
    }
    for_all(first);
    parallel(planes, between);
    for_all(second);
  }

  /// Runs `body` over all stretches of all planes.
  template <typename Body>
  void for_all(const Body &body) const {
    const int64_t parts = (per_plane() + at_a_time - 1) / at_a_time;
    parallel(planes * parts, [&](int64_t chunk) {
      const int64_t start = chunk % parts * at_a_time;
      const int64_t end = std::min(start + at_a_time, per_plane());
      for (int64_t stretch = start; stretch < end; ++stretch) body(chunk / parts, stretch);
    });
  }
};

}  // namespace ckernels
