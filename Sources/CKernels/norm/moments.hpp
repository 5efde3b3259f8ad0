// Mean and deviation of a plane from what its stretches give.

#pragma once

#include <cmath>

#include "stretches.hpp"

namespace ckernels {

/// Mean and 1/√(variance + epsilon) of a plane from the moments of its stretches.
///
/// Source: T. Chan, G. Golub, R. LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing
/// Sample Variances", 1979.
inline void join_moments(float *mean, float *inverse_deviation, const float *moments,
                         const Stretches &stretches, double epsilon) {
  for (int lane = 0; lane < 8; ++lane) {
    double count = 0, middle = 0, squares = 0;
    for (int64_t stretch = 0; stretch < stretches.per_plane(); ++stretch) {
      const auto more = static_cast<double>(stretches.count(stretch));
      const double distance = moments[stretch * 16 + lane] - middle;
      const double share = more / (count + more);
      middle += distance * share;
      squares += moments[stretch * 16 + 8 + lane] + distance * distance * count * share;
      count += more;
    }
    mean[lane] = static_cast<float>(middle);
    inverse_deviation[lane] = static_cast<float>(1 / std::sqrt(squares / count + epsilon));
  }
}

}  // namespace ckernels
