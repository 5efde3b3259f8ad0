// Soft Dice plus cross-entropy, and its gradient, from logits and integer labels. Nothing of the
// logits' size is held between the two.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The most classes that a network may tell apart: labels are bytes.
enum { CKERNELS_MOST_CLASSES = 256 };

/// Logits of a batch with its labels [images, voxels].
typedef struct {
  /// [images, classes, voxels], or blocked [images, ⌈classes/8⌉, voxels, 8]; lanes beyond the last
  /// class may hold anything.
  const void *logits;
  const void *labels;
  int64_t images;
  int64_t classes;
  int64_t voxels;
  int is_blocked;
  /// float64 instead of float32: exact, not fast, and never blocked.
  int is_double;
  /// int64 labels instead of bytes.
  int has_wide_labels;
} ckernels_scores;

/// What is averaged: with `joins_images`, the Dice of all images' voxels together, otherwise each
/// image's own; over all classes but the first. The Dice is (2 Σ p g + `numerator`) /
/// max(Σ p + Σ g + `denominator`, 1e-8).
typedef struct {
  int joins_images;
  double numerator;
  double denominator;
} ckernels_dice;

/// The mean cross-entropy plus 1 minus the mean Dice.
///
/// `slopes` receives images × 2 × classes numbers that `ckernels_loss_gradient` needs. Fails when a
/// label is not below the number of classes.
int ckernels_loss(double *loss, double *slopes, const ckernels_scores *scores, ckernels_dice dice);

/// `factor` times the gradient of the loss, in the layout of the logits; lanes beyond the last class
/// become 0.
int ckernels_loss_gradient(void *gradient, const ckernels_scores *scores, const double *slopes,
                           double factor);

#ifdef __cplusplus
}
#endif
