// The unit in which the loss is shared out among threads: some voxels of one image.

#pragma once

#include <algorithm>

#include "../include/CKernelsLoss.h"
#include "../processor.hpp"

namespace ckernels {

struct Piece {
  const ckernels_scores &scores;
  int64_t image;
  int64_t first;
  int64_t end;

  static constexpr int64_t length = 4096;

  static int64_t per_image(const ckernels_scores &scores) {
    return (scores.voxels + length - 1) / length;
  }

  Piece(const ckernels_scores &scores, int64_t index)
      : scores(scores),
        image(index / per_image(scores)),
        first(index % per_image(scores) * length),
        end(std::min(scores.voxels, first + length)) {}

  /// The position of the image's first logit.
  int64_t base() const {
    const int64_t channels = scores.is_blocked ? blocks(scores.classes) * 8 : scores.classes;
    return image * channels * scores.voxels;
  }

  /// The position of a logit within the image.
  int64_t at(int64_t label, int64_t voxel) const {
    if (!scores.is_blocked) return label * scores.voxels + voxel;
    return (label / 8 * scores.voxels + voxel) * 8 + label % 8;
  }

  /// A voxel's label; one below zero gives a number that no class has.
  uint64_t label(int64_t voxel) const {
    const int64_t index = image * scores.voxels + voxel;
    if (!scores.has_wide_labels) return static_cast<const uint8_t *>(scores.labels)[index];
    return static_cast<uint64_t>(static_cast<const int64_t *>(scores.labels)[index]);
  }
};

/// The sums of a piece: the cross-entropy, then three numbers per class.
struct Sums {
  double *const entropy;
  /// The predicted probability, all voxels.
  double *const predicted;
  /// The predicted probability where it is the label.
  double *const shared;
  double *const labels;

  Sums(double *numbers, int64_t classes)
      : entropy(numbers),
        predicted(numbers + 1),
        shared(predicted + classes),
        labels(shared + classes) {}

  static int64_t count(int64_t classes) { return 1 + 3 * classes; }
};

/// How the loss of a piece's image changes with the sums.
struct Slopes {
  double entropy;
  const double *predicted;
  const double *shared;
};

}  // namespace ckernels
