// The loss of eight voxels at a time, whose softmax stays in registers and the first cache: the price
// is one exponential per logit and pass, not memory.

#pragma once

#include "../elementary.hpp"
#include "piece.hpp"

namespace ckernels {

/// A vector of voxels per class.
typedef float8 ClassVectors[CKERNELS_MOST_CLASSES];

/// Reads the logits of `count` voxels from `voxel` on.
CKERNELS_INLINE void read(const Piece &piece, const float *logits, int64_t voxel, int64_t count,
                          float8 *x) {
  if (!piece.scores.is_blocked) {
    for (int64_t c = 0; c < piece.scores.classes; ++c) {
      const float *source = logits + piece.at(c, voxel);
      if (count == lanes) {
        load(x[c], source);
      } else {
        load_some(x[c], source, count);
      }
    }
    return;
  }
  for (int64_t first = 0; first < piece.scores.classes; first += lanes) {
    float8 rows[lanes] = {};
    for (int64_t i = 0; i < count; ++i) load(rows[i], logits + piece.at(first, voxel + i));
    transpose(rows);
    for (int64_t i = 0; i < lanes; ++i) x[first + i] = rows[i];
  }
}

/// The opposite of `read`; lanes beyond the last class are set to 0.
CKERNELS_INLINE void write(const Piece &piece, float *target, int64_t voxel, int64_t count,
                           const float8 *x) {
  const int64_t classes = piece.scores.classes;
  if (!piece.scores.is_blocked) {
    for (int64_t c = 0; c < classes; ++c) store_some(target + piece.at(c, voxel), x[c], count);
    return;
  }
  for (int64_t first = 0; first < classes; first += lanes) {
    float8 rows[lanes] = {};
    for (int64_t i = 0; i < std::min(lanes, classes - first); ++i) rows[i] = x[first + i];
    transpose(rows);
    for (int64_t i = 0; i < count; ++i) store(target + piece.at(first, voxel + i), rows[i]);
  }
}

/// The labels of `count` voxels, -1 in the lanes after them; returns the largest label.
CKERNELS_INLINE uint64_t read_labels(const Piece &piece, int64_t voxel, int64_t count,
                                     bits8 &labels) {
  uint64_t largest = 0;
  int32_t numbers[lanes] = {-1, -1, -1, -1, -1, -1, -1, -1};
  for (int64_t i = 0; i < count; ++i) {
    const uint64_t label = piece.label(voxel + i);
    largest = std::max(largest, label);
    numbers[i] = static_cast<int32_t>(label);
  }
  std::memcpy(&labels, numbers, sizeof(labels));
  return largest;
}

/// Turns logits into probabilities; `entropy` receives each voxel's cross-entropy.
CKERNELS_INLINE void softmax(float8 *x, int64_t classes, const bits8 &labels, float8 &entropy) {
  float8 largest = x[0];
  float8 own = x[0];
  for (int64_t c = 1; c < classes; ++c) {
    largest = x[c] > largest ? x[c] : largest;
    own = labels == static_cast<int32_t>(c) ? x[c] : own;
  }
  float8 total = {};
  for (int64_t c = 0; c < classes; ++c) {
    exponential(x[c], x[c] - largest);
    total += x[c];
  }
  float8 logarithm;
  binary_logarithm(logarithm, total);
  entropy = (largest - own) + logarithm * 0.693147180559945F;
  // The logarithm reads bits: a sum that is not a number must not become one there.
  entropy = total > 0.0F ? entropy : total;
  const float8 inverse = 1.0F / total;
  for (int64_t c = 0; c < classes; ++c) x[c] *= inverse;
}

/// What is added up in float32, over so few voxels that rounding does not matter.
struct Accumulator {
  static constexpr int64_t most_voxels = 512;

  float8 entropy = {};
  ClassVectors predicted;
  ClassVectors shared;
  bits8 labels[CKERNELS_MOST_CLASSES];

  CKERNELS_INLINE void clear(int64_t classes) {
    entropy = float8{};
    for (int64_t c = 0; c < classes; ++c) {
      predicted[c] = shared[c] = float8{};
      labels[c] = bits8{};
    }
  }

  CKERNELS_INLINE void add_to(const Sums &sums, int64_t classes) const {
    *sums.entropy += sum_of(entropy);
    for (int64_t c = 0; c < classes; ++c) {
      sums.predicted[c] += sum_of(predicted[c]);
      sums.shared[c] += sum_of(shared[c]);
      sums.labels[c] += sum_of(__builtin_convertvector(labels[c], float8));
    }
  }
};

/// Adds a piece up; returns its largest label.
CKERNELS_INLINE uint64_t add_up(const Piece &piece, const Sums &sums) {
  const int64_t classes = piece.scores.classes;
  const float *logits = static_cast<const float *>(piece.scores.logits) + piece.base();
  uint64_t most = 0;
  Accumulator some;
  ClassVectors x;
  for (int64_t start = piece.first; start < piece.end; start += Accumulator::most_voxels) {
    const int64_t end = std::min(piece.end, start + Accumulator::most_voxels);
    some.clear(classes);
    for (int64_t voxel = start; voxel < end; voxel += lanes) {
      const int64_t count = std::min(lanes, end - voxel);
      bits8 labels;
      float8 entropy;
      read(piece, logits, voxel, count, x);
      most = std::max(most, read_labels(piece, voxel, count, labels));
      softmax(x, classes, labels, entropy);
      const bits8 inside = labels >= 0;
      some.entropy += inside ? entropy : float8{};
      for (int64_t c = 0; c < classes; ++c) {
        const bits8 own = labels == static_cast<int32_t>(c);
        some.predicted[c] += inside ? x[c] : float8{};
        some.shared[c] += own ? x[c] : float8{};
        some.labels[c] -= own;
      }
    }
    some.add_to(sums, classes);
  }
  return most;
}

/// Writes the gradient of a piece.
CKERNELS_INLINE void derive(const Piece &piece, const Slopes &slopes, float *gradient) {
  const int64_t classes = piece.scores.classes;
  const float *logits = static_cast<const float *>(piece.scores.logits) + piece.base();
  const float entropy_slope = static_cast<float>(slopes.entropy);
  ClassVectors x, at_label, elsewhere;
  for (int64_t c = 0; c < classes; ++c) {
    elsewhere[c] = float8{} + static_cast<float>(slopes.predicted[c]);
    at_label[c] = float8{} + static_cast<float>(slopes.predicted[c] + slopes.shared[c]);
  }
  for (int64_t voxel = piece.first; voxel < piece.end; voxel += lanes) {
    const int64_t count = std::min(lanes, piece.end - voxel);
    bits8 labels;
    float8 entropy;
    read(piece, logits, voxel, count, x);
    read_labels(piece, voxel, count, labels);
    softmax(x, classes, labels, entropy);
    float8 mean = {};
    for (int64_t c = 0; c < classes; ++c) {
      mean += x[c] * (labels == static_cast<int32_t>(c) ? at_label[c] : elsewhere[c]);
    }
    for (int64_t c = 0; c < classes; ++c) {
      const bits8 own = labels == static_cast<int32_t>(c);
      const float8 slope = own ? at_label[c] : elsewhere[c];
      const float8 label = own ? float8{} + entropy_slope : float8{};
      x[c] = x[c] * (slope - mean + entropy_slope) - label;
    }
    write(piece, gradient, voxel, count, x);
  }
}

}  // namespace ckernels
