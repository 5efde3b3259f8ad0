// The loss in float64, one voxel after the other: the same sums, for checks.

#pragma once

#include <cmath>

#include "piece.hpp"

namespace ckernels {

class PreciseLoss {
 public:
  explicit PreciseLoss(const Piece &piece)
      : piece_(piece),
        classes_(piece.scores.classes),
        logits_(static_cast<const double *>(piece.scores.logits) + piece.base()) {}

  /// Adds the piece up; returns its largest label.
  uint64_t add_up(const Sums &sums) {
    uint64_t most = 0;
    for (int64_t voxel = piece_.first; voxel < piece_.end; ++voxel) {
      const uint64_t label = piece_.label(voxel);
      most = std::max(most, label);
      if (label >= static_cast<uint64_t>(classes_)) return most;
      const auto own = static_cast<int64_t>(label);
      *sums.entropy += softmax(voxel) - logits_[piece_.at(own, voxel)];
      for (int64_t c = 0; c < classes_; ++c) sums.predicted[c] += p_[c];
      sums.shared[own] += p_[own];
      sums.labels[own] += 1;
    }
    return most;
  }

  void derive(const Slopes &slopes, double *gradient) {
    for (int64_t voxel = piece_.first; voxel < piece_.end; ++voxel) {
      const auto own = static_cast<int64_t>(piece_.label(voxel));
      softmax(voxel);
      double mean = p_[own] * slopes.shared[own];
      for (int64_t c = 0; c < classes_; ++c) mean += p_[c] * slopes.predicted[c];
      for (int64_t c = 0; c < classes_; ++c) {
        const double slope = slopes.predicted[c] + (c == own ? slopes.shared[c] : 0);
        gradient[piece_.at(c, voxel)] =
            p_[c] * (slope - mean) + slopes.entropy * (p_[c] - (c == own ? 1 : 0));
      }
    }
  }

 private:
  const Piece &piece_;
  const int64_t classes_;
  const double *const logits_;
  double p_[CKERNELS_MOST_CLASSES];

  /// Fills in the probabilities of a voxel; returns the logarithm of what they were divided by.
  double softmax(int64_t voxel) {
    double largest = logits_[piece_.at(0, voxel)];
    for (int64_t c = 1; c < classes_; ++c) {
      largest = std::max(largest, logits_[piece_.at(c, voxel)]);
    }
    double total = 0;
    for (int64_t c = 0; c < classes_; ++c) {
      total += p_[c] = std::exp(logits_[piece_.at(c, voxel)] - largest);
    }
    for (int64_t c = 0; c < classes_; ++c) p_[c] /= total;
    return largest + std::log(total);
  }
};

}  // namespace ckernels
