// Convolutions as gathers: the forward one is a single gather, the data gradient one per phase of
// the stride, the transposed convolution a data gradient with a bias.

#include <algorithm>
#include <limits>
#include <vector>

#include "gather/gather.hpp"
#include "guard.hpp"
#include "include/CKernelsConvolution.h"
#include "packing.hpp"
#include "processor.hpp"
#include "winograd/winograd.hpp"

using namespace ckernels;

namespace {

/// Refuses sizes that do not belong together, and those whose arithmetic would overflow.
void check(const ckernels_convolution &convolution) {
  constexpr int64_t limit = std::numeric_limits<int32_t>::max();
  require(convolution.batch >= 1 && convolution.input_channels >= 1 &&
              convolution.output_channels >= 1,
          "a convolution needs a batch and channels of at least 1");
  for (int axis = 0; axis < 3; ++axis) {
    const int64_t input = convolution.input[axis], kernel = convolution.kernel[axis];
    const int64_t stride = convolution.stride[axis], padding = convolution.padding[axis];
    const int64_t dilation = convolution.dilation[axis];
    require(input >= 1 && kernel >= 1 && stride >= 1 && dilation >= 1 && padding >= 0,
            "an input, kernel, stride or dilation is below 1, or a padding below 0");
    require(input <= limit && kernel <= limit && stride <= limit && dilation <= limit &&
                padding <= limit,
            "an input, kernel, stride, dilation or padding is absurdly large");
    const int64_t room = input + 2 * padding - dilation * (kernel - 1) - 1;
    require(room >= 0, "the kernel is larger than the padded input");
    require(convolution.output[axis] == room / stride + 1,
            "the output's size is not what the input's leads to");
  }
}

/// How the forward convolution runs along one axis.
GatherAxis forward_axis(const ckernels_convolution &convolution, int axis) {
  const int64_t length = convolution.output[axis], kernel = convolution.kernel[axis];
  GatherAxis result{convolution.input[axis], length, length, 1, 0, convolution.stride[axis],
                    kernel, {}};
  for (int64_t tap = 0; tap < kernel; ++tap) {
    result.taps.push_back({tap, tap * convolution.dilation[axis] - convolution.padding[axis]});
  }
  return result;
}

/// How the data gradient runs along one axis, for inputs that leave `phase` divided by the stride.
///
/// An output o has read the inputs o · stride + tap · dilation − padding; so an input gathers from
/// the outputs for which that is itself.
GatherAxis gradient_axis(const ckernels_convolution &convolution, int axis, int64_t phase) {
  const int64_t stride = convolution.stride[axis], length = convolution.input[axis];
  const int64_t kernel = convolution.kernel[axis];
  const int64_t count = (length - phase + stride - 1) / stride;
  GatherAxis result{convolution.output[axis], length, count, stride, phase, 1, kernel, {}};
  for (int64_t tap = 0; tap < kernel; ++tap) {
    const int64_t distance =
        phase + convolution.padding[axis] - tap * convolution.dilation[axis];
    if (distance % stride == 0) result.taps.push_back({tap, distance / stride});
  }
  return result;
}

/// How the data gradient runs along the width for all phases of the stride at once.
GatherAxis spread_axis(const ckernels_convolution &convolution) {
  const int64_t length = convolution.input[2], kernel = convolution.kernel[2];
  GatherAxis result{convolution.output[2], length, length, 1, 0, 1, kernel, {}};
  result.spread = convolution.stride[2];
  for (int64_t tap = 0; tap < kernel; ++tap) {
    result.taps.push_back({tap, tap * convolution.dilation[2] - convolution.padding[2]});
  }
  return result;
}

/// The gathers along the width that together are the data gradient.
std::vector<GatherAxis> gradient_widths(const ckernels_convolution &convolution) {
  const GatherAxis spread = spread_axis(convolution);
  if (can_spread(spread)) return {spread};
  std::vector<GatherAxis> phases;
  for (int64_t phase = 0; phase < std::min(convolution.stride[2], convolution.input[2]); ++phase) {
    phases.push_back(gradient_axis(convolution, 2, phase));
  }
  return phases;
}

/// A gather of `input` with a convolution's weights, before its axes are filled in.
struct PackedGather {
  Scratch weights;
  Scratch shift;
  Gather gather;

  PackedGather(const ckernels_convolution &convolution, Side computed, float *output,
               const float *input, const float *weight, const float *bias)
      : weights(packed(convolution, weight, computed)) {
    const bool forward = computed == Side::output;
    const int64_t channels =
        forward ? convolution.output_channels : convolution.input_channels;
    const int64_t others = forward ? convolution.input_channels : convolution.output_channels;
    shift = packed_bias(bias, channels);
    gather = {input,  weights.get(), shift.get(), output, convolution.batch,
              others, blocks(channels), {}};
  }
};

/// Runs a gather the fastest way.
void run_fastest(const Gather &gather) {
  if (winograd::pays(gather)) {
    winograd::run(gather);
  } else {
    run(gather);
  }
}

}  // namespace

int ckernels_convolution_forward(const ckernels_convolution *convolution, float *output,
                                 const float *input, const float *weight, const float *bias) {
  return guarded([&] {
    check(*convolution);
    PackedGather work(*convolution, Side::output, output, input, weight, bias);
    for (int axis = 0; axis < 3; ++axis) {
      work.gather.axes[axis] = forward_axis(*convolution, axis);
    }
    run_fastest(work.gather);
  });
}

int ckernels_convolution_data_gradient(const ckernels_convolution *convolution,
                                       float *input_gradient, const float *output_gradient,
                                       const float *weight, const float *bias) {
  return guarded([&] {
    check(*convolution);
    PackedGather work(*convolution, Side::input, input_gradient, output_gradient, weight, bias);
    const auto phases = [&](int axis) {
      return std::min(convolution->stride[axis], convolution->input[axis]);
    };
    const std::vector<GatherAxis> widths = gradient_widths(*convolution);
    for (int64_t depth = 0; depth < phases(0); ++depth) {
      work.gather.axes[0] = gradient_axis(*convolution, 0, depth);
      for (int64_t height = 0; height < phases(1); ++height) {
        work.gather.axes[1] = gradient_axis(*convolution, 1, height);
        for (const GatherAxis &width : widths) {
          work.gather.axes[2] = width;
          run_fastest(work.gather);
        }
      }
    }
  });
}
