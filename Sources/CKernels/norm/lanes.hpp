// The numbers of a block's channels, one per lane.

#pragma once

#include <cstdint>

namespace ckernels {

/// The numbers of a plane's channels, with zeros beyond the last one; `otherwise` where there are none.
inline void read_lanes(float *lanes, const float *numbers, int64_t channels, int64_t block,
                       float otherwise) {
  for (int64_t lane = 0; lane < 8; ++lane) {
    const int64_t channel = block * 8 + lane;
    lanes[lane] = channel >= channels ? 0 : numbers ? numbers[channel] : otherwise;
  }
}

}  // namespace ckernels
