// Instance normalisation with a leaky ReLU: two passes over memory each way.
//
// Arithmetic intensity: about one operation a byte, so it is bound by bandwidth. Forward reads
// twice and writes once, backward reads four times and writes once; a plane that fits the second
// cache is read from memory once.
//
// Measured on two cores of an EPYC (Zen 5), best of seven: 16 channels of 96³ forward in 4.0 ms
// (43 GB/s), backward in 4.0 ms (70 GB/s, as the third cache helps).

#include "../include/CKernelsNorm.h"

#include "../guard.hpp"
#include "../memory.hpp"
#include "../scratch.hpp"
#include "../streaming.hpp"
#include "lanes.hpp"
#include "moments.hpp"
#include "norm_stretch.hpp"
#include "stretches.hpp"

namespace ckernels {
namespace {

void check(const ckernels_norm *norm) {
  require(norm != nullptr, "a normalisation needs its sizes");
  require(norm->batch >= 0 && norm->channels > 0 && norm->voxels > 0,
          "a normalisation needs at least one channel and one voxel");
}

NormLanes lanes_of(const ckernels_norm &norm, int64_t plane, const float *mean,
                   const float *inverse_deviation, const float *scale, const float *shift) {
  NormLanes lanes;
  std::memcpy(lanes.mean, mean + plane * 8, sizeof(lanes.mean));
  std::memcpy(lanes.inverse_deviation, inverse_deviation + plane * 8, sizeof(lanes.mean));
  const int64_t block = plane % blocks(norm.channels);
  read_lanes(lanes.scale, scale, norm.channels, block, 1);
  read_lanes(lanes.shift, shift, norm.channels, block, 0);
  lanes.slope = norm.slope;
  return lanes;
}

/// The sums of a plane from those of its stretches, 16 of each.
void join_sums(double *result, const float *sums, int64_t stretches) {
  for (int index = 0; index < 16; ++index) {
    double sum = 0;
    for (int64_t stretch = 0; stretch < stretches; ++stretch) sum += sums[stretch * 16 + index];
    result[index] = sum;
  }
}

/// Adds up the planes' sums over the batch, per channel; `first` is 0 or 8 of a plane's 16.
void write_gradient(float *result, const Memory<double> &sums, const ckernels_norm &norm, int first) {
  if (!result) return;
  for (int64_t channel = 0; channel < norm.channels; ++channel) {
    double sum = 0;
    for (int64_t image = 0; image < norm.batch; ++image) {
      const int64_t plane = image * blocks(norm.channels) + channel / 8;
      sum += sums[plane * 16 + first + channel % 8];
    }
    result[channel] = static_cast<float>(sum);
  }
}

GradientMeans means_of(const double *sums, int64_t voxels) {
  GradientMeans means;
  for (int lane = 0; lane < 8; ++lane) {
    means.gradient[lane] = static_cast<float>(sums[lane] / static_cast<double>(voxels));
    means.product[lane] = static_cast<float>(sums[8 + lane] / static_cast<double>(voxels));
  }
  return means;
}

}  // namespace
}  // namespace ckernels

using namespace ckernels;

int ckernels_norm_forward(const ckernels_norm *norm, float *output, float *mean,
                          float *inverse_deviation, const float *input, const float *scale,
                          const float *shift) {
  return guarded([&] {
    check(norm);
    const Stretches stretches{norm->batch * blocks(norm->channels), norm->voxels};
    const Scratch moments = scratch(stretches.planes * stretches.per_plane() * 16);
    const NormStretch &kernel = norm_stretch();
    const bool streaming = streams(output, input, stretches.planes * norm->voxels * 8);
    const auto place = [&](int64_t plane, int64_t stretch) {
      return (plane * norm->voxels + stretch * Stretches::length) * 8;
    };
    stretches.run(
        [&](int64_t plane, int64_t stretch) {
          kernel.moments(&moments[(plane * stretches.per_plane() + stretch) * 16],
                         input + place(plane, stretch), stretches.count(stretch));
        },
        [&](int64_t plane) {
          join_moments(mean + plane * 8, inverse_deviation + plane * 8,
                       &moments[plane * stretches.per_plane() * 16], stretches, norm->epsilon);
        },
        [&](int64_t plane, int64_t stretch) {
          const int64_t start = place(plane, stretch);
          kernel.normalize(output + start, input + start, stretches.count(stretch),
                           lanes_of(*norm, plane, mean, inverse_deviation, scale, shift),
                           streaming);
          if (streaming) finish_streaming();
        });
  });
}

int ckernels_norm_backward(const ckernels_norm *norm, float *input_gradient,
                           float *scale_gradient, float *shift_gradient,
                           const float *output_gradient, const float *input, const float *mean,
                           const float *inverse_deviation, const float *scale,
                           const float *shift) {
  return guarded([&] {
    check(norm);
    const Stretches stretches{norm->batch * blocks(norm->channels), norm->voxels};
    const Scratch parts = scratch(stretches.planes * stretches.per_plane() * 16);
    const Memory<double> sums(stretches.planes * 16);
    if (!sums.data()) throw std::bad_alloc();
    const NormStretch &kernel = norm_stretch();
    const bool streaming =
        streams(input_gradient, output_gradient, stretches.planes * norm->voxels * 8);
    const auto place = [&](int64_t plane, int64_t stretch) {
      return (plane * norm->voxels + stretch * Stretches::length) * 8;
    };
    const auto lanes = [&](int64_t plane) {
      return lanes_of(*norm, plane, mean, inverse_deviation, scale, shift);
    };
    stretches.run(
        [&](int64_t plane, int64_t stretch) {
          const int64_t start = place(plane, stretch);
          kernel.gradient_sums(&parts[(plane * stretches.per_plane() + stretch) * 16],
                               output_gradient + start, input + start, stretches.count(stretch),
                               lanes(plane));
        },
        [&](int64_t plane) {
          join_sums(&sums[plane * 16], &parts[plane * stretches.per_plane() * 16],
                    stretches.per_plane());
        },
        [&](int64_t plane, int64_t stretch) {
          const int64_t start = place(plane, stretch);
          kernel.input_gradient(input_gradient + start, output_gradient + start, input + start,
                                stretches.count(stretch), lanes(plane),
                                means_of(&sums[plane * 16], norm->voxels), streaming);
          if (streaming) finish_streaming();
        });
    write_gradient(scale_gradient, sums, *norm, 8);
    write_gradient(shift_gradient, sums, *norm, 0);
  });
}
