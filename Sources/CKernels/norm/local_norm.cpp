// Normalisation with statistics of the neighbourhood: what a network that learnt from patches would
// see in the windows around each voxel, without computing the windows.
//
// Arithmetic intensity: about one operation a byte, as with `norm.cpp`; the statistics of the
// windows are worked out on the tiles, which are few.

#include "../include/CKernelsLocalNorm.h"

#include <atomic>
#include <cmath>
#include <new>

#include "../guard.hpp"
#include "../parallel.hpp"
#include "../processor.hpp"
#include "local_norm_rows.hpp"
#include "tiles.hpp"

namespace ckernels {
namespace {

void check(const ckernels_local_norm *norm) {
  require(norm != nullptr, "a normalisation needs its sizes");
  require(norm->batch >= 0 && norm->channels > 0, "a normalisation needs at least one channel");
  for (const ckernels_statistics_axis &axis : norm->axes) {
    require(axis.tiles > 0 && axis.window > 0 && axis.window <= axis.tiles && axis.edges[0] == 0,
            "an axis needs tiles from 0 on and windows of no more tiles than it has");
    for (int64_t tile = 0; tile < axis.tiles; ++tile)
      require(axis.edges[tile] < axis.edges[tile + 1], "the edges of the tiles must rise");
  }
}

/// Calls `body(plane, part)` for all parts of all planes, and throws here what it threw for want of
/// memory: a chunk of work must not.
template <typename Body>
void for_planes(size_t planes, int64_t parts, const Body &body) {
  std::atomic<bool> is_short{false};
  parallel(static_cast<int64_t>(planes) * parts, [&](int64_t chunk) {
    try {
      body(static_cast<size_t>(chunk / parts), chunk % parts);
    } catch (const std::bad_alloc &) {
      is_short = true;
    }
  });
  if (is_short) throw std::bad_alloc();
}

/// One block of channels of one image.
class Plane {
 public:
  Plane(const ckernels_local_norm &norm, size_t index)
      : norm_(norm), block_(static_cast<int64_t>(index) % blocks(norm.channels)) {
    for (int axis = 0; axis < 3; ++axis) length_[axis] = norm.axes[axis].edges[norm.axes[axis].tiles];
    offset_ = static_cast<int64_t>(index) * length_[0] * length_[1] * length_[2] * 8;
  }

  /// The mean times the count, and the sum of squares, of the tiles at one depth: both in float64,
  /// where the squares may be far larger than the variance without harm.
  void add_up(std::vector<double> &sums, const float *input, int64_t depth_tile,
              const LocalNormRows &rows) const {
    const auto [z, y, x] = norm_.axes;
    double *target = &sums[static_cast<size_t>(depth_tile * y.tiles * x.tiles * per_tile)];
    for (int64_t row = 0; row < y.tiles; ++row) {
      for (int64_t column = 0; column < x.tiles; ++column, target += per_tile) {
        const Box box{at(input, z.edges[depth_tile], y.edges[row], x.edges[column]),
                      z.edges[depth_tile + 1] - z.edges[depth_tile],
                      y.edges[row + 1] - y.edges[row],
                      x.edges[column + 1] - x.edges[column],
                      length_[1] * length_[2] * 8,
                      length_[2] * 8};
        float moments[per_tile];
        rows.moments(moments, box);
        const auto count = static_cast<double>(box.depth * box.height * box.width);
        for (int lane = 0; lane < 8; ++lane) {
          const double mean = moments[lane];
          target[lane] = mean * count;
          target[8 + lane] = static_cast<double>(moments[8 + lane]) + mean * mean * count;
        }
      }
    }
  }

  /// Factor and summand of every tile from the sums of all tiles.
  std::vector<float> fields(std::vector<double> sums, const float *scale, const float *shift) const {
    int64_t counts[3] = {norm_.axes[0].tiles, norm_.axes[1].tiles, norm_.axes[2].tiles};
    for (int axis = 0; axis < 3; ++axis) {
      sums = window_sums(sums, view(counts, axis), norm_.axes[axis]);
      counts[axis] = windows(norm_.axes[axis]);
    }
    std::vector<float> fields = window_fields(sums, counts, scale, shift);
    for (int axis = 0; axis < 3; ++axis) {
      fields = tile_means(fields, view(counts, axis), norm_.axes[axis]);
      counts[axis] = norm_.axes[axis].tiles;
    }
    return fields;
  }

  /// Normalises all voxels at one depth.
  void normalize(float *output, const float *input, int64_t depth, const std::vector<float> &fields,
                 const LocalNormRows &rows) const {
    const ckernels_statistics_axis &x = norm_.axes[2], &y = norm_.axes[1];
    const int64_t row_count = x.tiles * per_tile;
    std::vector<float> slice(static_cast<size_t>(y.tiles * row_count));
    const Between between(norm_.axes[0], depth);
    rows.blend(slice.data(), &fields[static_cast<size_t>(between.first * y.tiles * row_count)],
               &fields[static_cast<size_t>(between.second * y.tiles * row_count)], between.share,
               y.tiles * row_count);
    std::vector<float> row(static_cast<size_t>(row_count));
    for (int64_t height = 0; height < length_[1]; ++height) {
      const Between rows_between(y, height);
      rows.blend(row.data(), &slice[static_cast<size_t>(rows_between.first * row_count)],
                 &slice[static_cast<size_t>(rows_between.second * row_count)], rows_between.share,
                 row_count);
      normalize_row(at(output, depth, height, 0), at(input, depth, height, 0), row.data(), rows);
    }
  }

 private:
  const ckernels_local_norm &norm_;
  int64_t block_;
  int64_t length_[3];
  int64_t offset_;

  template <typename Number>
  Number *at(Number *numbers, int64_t depth, int64_t height, int64_t width) const {
    return numbers + offset_ + ((depth * length_[1] + height) * length_[2] + width) * 8;
  }

  static AxisView view(const int64_t (&counts)[3], int axis) {
    AxisView view{1, 1};
    for (int before = 0; before < axis; ++before) view.before *= counts[before];
    for (int after = axis + 1; after < 3; ++after) view.after *= counts[after];
    return view;
  }

  /// The number of voxels along `axis` in the window that begins with `tile`.
  int64_t extent(int axis, int64_t tile) const {
    const ckernels_statistics_axis &along = norm_.axes[axis];
    return along.edges[tile + along.window] - along.edges[tile];
  }

  std::vector<float> window_fields(const std::vector<double> &sums, const int64_t (&counts)[3],
                                   const float *scale, const float *shift) const {
    std::vector<float> fields(sums.size());
    for (int64_t window = 0; window < counts[0] * counts[1] * counts[2]; ++window) {
      const auto count = static_cast<double>(extent(0, window / counts[2] / counts[1]) *
                                             extent(1, window / counts[2] % counts[1]) *
                                             extent(2, window % counts[2]));
      for (int64_t lane = 0; lane < 8 && block_ * 8 + lane < norm_.channels; ++lane) {
        const size_t place = static_cast<size_t>(window * per_tile + lane);
        const double mean = sums[place] / count;
        const double variance = std::max(0.0, sums[place + 8] / count - mean * mean);
        const int64_t channel = block_ * 8 + lane;
        const double factor = (scale ? static_cast<double>(scale[channel]) : 1) /
                              std::sqrt(variance + norm_.epsilon);
        fields[place] = static_cast<float>(factor);
        fields[place + 8] =
            static_cast<float>((shift ? static_cast<double>(shift[channel]) : 0) - mean * factor);
      }
    }
    return fields;
  }

  /// Goes along a row from the middle of one tile to that of the next.
  void normalize_row(float *output, const float *input, const float *row,
                     const LocalNormRows &rows) const {
    const ckernels_statistics_axis &x = norm_.axes[2];
    for (int64_t voxel = 0; voxel < length_[2];) {
      const Between here(x, voxel);
      int64_t end = voxel + 1;
      float step = 0;
      if (end < length_[2]) {
        const Between next(x, end);
        if (next.first == here.first && next.second == here.second) {
          step = next.share - here.share;
          end = run_end(here, end);
        }
      }
      rows.apply(output + voxel * 8, input + voxel * 8, end - voxel, row + here.first * per_tile,
                 row + here.second * per_tile, here.share, step, norm_.slope);
      voxel = end;
    }
  }

  /// The first voxel from `voxel` on that lies between other tiles.
  int64_t run_end(const Between &here, int64_t voxel) const {
    const ckernels_statistics_axis &x = norm_.axes[2];
    if (here.first == here.second) {
      if (here.first > 0 || x.tiles == 1) return length_[2];
      return (x.edges[0] + x.edges[1]) / 2;
    }
    const int64_t twice_middle = x.edges[here.second] + x.edges[here.second + 1] - 1;
    return std::max(voxel, (twice_middle + 1) / 2);
  }
};

}  // namespace
}  // namespace ckernels

using namespace ckernels;

int ckernels_local_norm_forward(const ckernels_local_norm *norm, float *output, const float *input,
                                const float *scale, const float *shift) {
  return guarded([&] {
    check(norm);
    const LocalNormRows &rows = local_norm_rows();
    const ckernels_statistics_axis *axes = norm->axes;
    const auto planes = static_cast<size_t>(norm->batch * blocks(norm->channels));
    const auto tiles = static_cast<size_t>(axes[0].tiles * axes[1].tiles * axes[2].tiles * per_tile);
    std::vector<std::vector<double>> sums(planes, std::vector<double>(tiles));
    std::vector<std::vector<float>> fields(planes);
    for_planes(planes, axes[0].tiles, [&](size_t plane, int64_t tile) {
      Plane(*norm, plane).add_up(sums[plane], input, tile, rows);
    });
    for_planes(planes, 1, [&](size_t plane, int64_t) {
      fields[plane] = Plane(*norm, plane).fields(std::move(sums[plane]), scale, shift);
    });
    for_planes(planes, axes[0].edges[axes[0].tiles], [&](size_t plane, int64_t depth) {
      Plane(*norm, plane).normalize(output, input, depth, fields[plane], rows);
    });
  });
}
