// One update of all weights of a network in one pass over memory.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A weight with its gradient and what the optimiser keeps of it: `count` numbers each, all float32
/// or all float64.
typedef struct {
  void *weight;
  const void *gradient;
  /// The velocity, or the running mean of the gradient.
  void *first;
  /// The running mean of the gradient's square; null where there is none.
  void *second;
  int64_t count;
} ckernels_parameter;

/// Some weights, and whether all their numbers are float64.
typedef struct {
  const ckernels_parameter *values;
  int64_t count;
  int is_double;
} ckernels_parameters;

/// The root of the sum of the squares of all gradients.
int ckernels_gradient_norm(double *norm, ckernels_parameters parameters);

/// g ← `scale` g + `decay` w; v ← `momentum` v + g; then w ← w − `rate` (g + `momentum` v) with
/// Nesterov's momentum, w ← w − `rate` v without.
typedef struct {
  double rate;
  double scale;
  double decay;
  double momentum;
  int is_nesterov;
} ckernels_sgd;

int ckernels_sgd_step(ckernels_parameters parameters, ckernels_sgd rule);

/// g ← `scale` g; w ← (1 − `rate` `decay`) w; m and s ← their running means with g and g²;
/// w ← w − `rate` m / `mean_correction` / (√s / `root_correction` + `epsilon`).
typedef struct {
  double rate;
  double scale;
  double decay;
  double mean_share;
  double square_share;
  double mean_correction;
  double root_correction;
  double epsilon;
} ckernels_adamw;

int ckernels_adamw_step(ckernels_parameters parameters, ckernels_adamw rule);

#ifdef __cplusplus
}
#endif
