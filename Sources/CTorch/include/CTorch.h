// CTorch: the one door between Swift and libtorch.
//
// Every function that can fail returns 0 on success. On failure it returns 1, leaves its results
// untouched, and `ctorch_last_error` says why, on the calling thread. No C++ type and no exception
// crosses this header.
//
// `result` always receives a new handle that the caller owns, also when its numbers are shared with
// the input (reshaping, narrowing). Lists are a pointer and a count. Axes may count from the end.

#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A tensor the caller owns. Give it back with `ctorch_free`.
typedef struct ctorch_tensor ctorch_tensor;

/// What the numbers of a tensor are: float32, float64, int64, uint8. libtorch has more; a tensor of
/// another type reports -1.
enum { CTORCH_FLOAT32 = 0, CTORCH_FLOAT64 = 1, CTORCH_INT64 = 2, CTORCH_UINT8 = 3 };

/// The device number that means the processor; 0, 1, … are CUDA devices.
enum { CTORCH_CPU = -1 };

// The library itself.

/// Why the last call on this thread failed, first line only. Valid until the next failure.
const char *ctorch_last_error(void);
/// The version of the libtorch that this bridge was compiled against, as "1.13.1".
const char *ctorch_version(void);
int ctorch_has_cuda(void);
int ctorch_threads(void);
/// Sets how many threads one operation may use; the first call also gives graphs a single thread.
int ctorch_set_threads(int count);
/// Tells the C library to keep freed memory for the next tensor; nothing where that is not glibc.
void ctorch_keep_freed_memory(void);
/// Gives all freed memory back to the system once, whatever is kept later; nothing without glibc.
void ctorch_return_freed_memory(void);

// Lifetime, facts, data.

void ctorch_free(ctorch_tensor *tensor);
/// Copies `shape`'s product of numbers of `type` from `data` to a tensor on the processor.
int ctorch_from_data(ctorch_tensor **result, const void *data, int type, const ptrdiff_t *shape,
                     ptrdiff_t rank);
int ctorch_filled(ctorch_tensor **result, double value, const ptrdiff_t *shape, ptrdiff_t rank,
                  int type, int device);
ptrdiff_t ctorch_rank(const ctorch_tensor *tensor);
ptrdiff_t ctorch_length(const ctorch_tensor *tensor, ptrdiff_t axis);
ptrdiff_t ctorch_count(const ctorch_tensor *tensor);
int ctorch_type_of(const ctorch_tensor *tensor);
int ctorch_device_of(const ctorch_tensor *tensor);
/// Whether the numbers lie in CKernels' blocked layout. Nothing else here depends on it, but speed.
int ctorch_is_blocked(const ctorch_tensor *tensor);
/// The same numbers on the processor, as `type`, in order: copied only where they are not already.
int ctorch_readable(ctorch_tensor **result, const ctorch_tensor *input, int type);
/// The first number of a tensor that `ctorch_readable` made; valid while that tensor lives.
const void *ctorch_data(const ctorch_tensor *tensor);
int ctorch_item(double *result, const ctorch_tensor *tensor);
int ctorch_converted(ctorch_tensor **result, const ctorch_tensor *input, int type, int device);
int ctorch_copied(ctorch_tensor **result, const ctorch_tensor *input);

// Arithmetic, element by element, with broadcasting.

int ctorch_add(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right);
int ctorch_subtract(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right);
int ctorch_multiply(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right);
int ctorch_divide(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right);
int ctorch_larger(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right);
int ctorch_add_number(ctorch_tensor **result, const ctorch_tensor *left, double right);
int ctorch_multiply_number(ctorch_tensor **result, const ctorch_tensor *left, double right);
int ctorch_divide_number(ctorch_tensor **result, const ctorch_tensor *left, double right);
/// `right - left`, which no other function here gives in one pass.
int ctorch_subtract_from_number(ctorch_tensor **result, const ctorch_tensor *left, double right);
int ctorch_power(ctorch_tensor **result, const ctorch_tensor *base, double exponent);
int ctorch_clamped(ctorch_tensor **result, const ctorch_tensor *input, double low, double high);
int ctorch_negated(ctorch_tensor **result, const ctorch_tensor *input);
int ctorch_absolute(ctorch_tensor **result, const ctorch_tensor *input);
int ctorch_exp(ctorch_tensor **result, const ctorch_tensor *input);
int ctorch_log(ctorch_tensor **result, const ctorch_tensor *input);
int ctorch_square_root(ctorch_tensor **result, const ctorch_tensor *input);
int ctorch_sigmoid(ctorch_tensor **result, const ctorch_tensor *input);
int ctorch_leaky_relu(ctorch_tensor **result, const ctorch_tensor *input, double slope);
int ctorch_silu(ctorch_tensor **result, const ctorch_tensor *input);
int ctorch_gelu(ctorch_tensor **result, const ctorch_tensor *input);

// Reductions. No axes means all of them.

int ctorch_sum(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
               ptrdiff_t count, int keeping);
int ctorch_mean(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                ptrdiff_t count, int keeping);
int ctorch_maximum(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                   ptrdiff_t count, int keeping);
int ctorch_minimum(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                   ptrdiff_t count, int keeping);
int ctorch_argmax(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis);
int ctorch_softmax(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis);
int ctorch_log_softmax(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis);

// Shape.

int ctorch_reshaped(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *shape,
                    ptrdiff_t rank);
int ctorch_expanded(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *shape,
                    ptrdiff_t rank);
int ctorch_permuted(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                    ptrdiff_t count);
int ctorch_flipped(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *axes,
                   ptrdiff_t count);
int ctorch_narrowed(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis,
                    ptrdiff_t start, ptrdiff_t count);
int ctorch_selected(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t axis,
                    ptrdiff_t index);
int ctorch_concatenated(ctorch_tensor **result, const ctorch_tensor *const *inputs, ptrdiff_t count,
                        ptrdiff_t axis);
int ctorch_stacked(ctorch_tensor **result, const ctorch_tensor *const *inputs, ptrdiff_t count,
                   ptrdiff_t axis);
/// Adds `before[i]` and `after[i]` elements of `value` around the i-th of the last `count` axes.
int ctorch_padded(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *before,
                  const ptrdiff_t *after, ptrdiff_t count, double value);
/// Classes [N, …] to float32 [N, `classes`, …]: 1 at each element's class, 0 elsewhere.
int ctorch_one_hot(ctorch_tensor **result, const ctorch_tensor *input, ptrdiff_t classes);

// Matrices.

/// The product of two matrices [N, K] and [K, M], or of as many as the axes before these count.
int ctorch_matrix_product(ctorch_tensor **result, const ctorch_tensor *left,
                          const ctorch_tensor *right);
/// The lower triangle whose product with its transpose is `input`, symmetric positive definite.
int ctorch_cholesky(ctorch_tensor **result, const ctorch_tensor *input);
/// What `factor`, a lower triangle [N, N], maps on to `right` [N, M].
int ctorch_lower_solved(ctorch_tensor **result, const ctorch_tensor *factor,
                        const ctorch_tensor *right);
/// The singular values of a matrix, largest first.
int ctorch_singular_values(ctorch_tensor **result, const ctorch_tensor *input);
/// `input` [N, M] as `left` [N, K] · diagonal `values` [K] · `right` [K, M], K the smaller length.
int ctorch_singular_vectors(ctorch_tensor **left, ctorch_tensor **values, ctorch_tensor **right,
                            const ctorch_tensor *input);
/// The elements of the first axis at `rows`, in that order.
int ctorch_rows(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *rows,
                ptrdiff_t count);

// Layers. Images are [N, C, D, H, W]; lists of lengths have one entry per spatial axis.

/// Convolution with `weight` [K, C / groups, d, h, w] and `bias` [K], or none where it is null.
int ctorch_convolution(ctorch_tensor **result, const ctorch_tensor *input,
                       const ctorch_tensor *weight, const ctorch_tensor *bias,
                       const ptrdiff_t *stride, const ptrdiff_t *padding, const ptrdiff_t *dilation,
                       ptrdiff_t axes, ptrdiff_t groups);
/// Transposed convolution, without padding, with `weight` [C, K, d, h, w].
int ctorch_transposed_convolution(ctorch_tensor **result, const ctorch_tensor *input,
                                  const ctorch_tensor *weight, const ctorch_tensor *bias,
                                  const ptrdiff_t *stride, ptrdiff_t axes);
/// The mean and the maximum of every window; padding counts as nothing, not as zeros.
int ctorch_average_pooled(ctorch_tensor **result, const ctorch_tensor *input,
                          const ptrdiff_t *window, const ptrdiff_t *stride,
                          const ptrdiff_t *padding, ptrdiff_t axes);
int ctorch_max_pooled(ctorch_tensor **result, const ctorch_tensor *input,
                          const ptrdiff_t *window, const ptrdiff_t *stride,
                          const ptrdiff_t *padding, ptrdiff_t axes);
/// What a candidate of a mixed operation does: nothing at all, or hand the image on; convolve it, at once
/// or each channel by itself and then across channels; take the mean or the maximum of windows of 3³; or
/// stand for an image that was made of it in another way.
enum {
  CTORCH_NOTHING = 0,
  CTORCH_SKIP = 1,
  CTORCH_CONVOLUTION = 2,
  CTORCH_SEPARABLE = 3,
  CTORCH_AVERAGE = 4,
  CTORCH_MAXIMUM = 5,
  CTORCH_IMAGE = 6
};
typedef struct {
  int kind;
  ptrdiff_t dilation;
  /// Null where the kind has none: [C, C, d, h, w], or [C, 1, d, h, w] where each channel is by itself.
  const ctorch_tensor *weight;
  /// What follows that across channels, [C, C, 1, 1, 1].
  const ctorch_tensor *pointwise;
  /// What the convolution adds and what its normalisation scales with and adds, [C], or null for none.
  const ctorch_tensor *bias;
  const ctorch_tensor *scale;
  const ctorch_tensor *shift;
  /// Of the kind CTORCH_IMAGE: of the input's shape.
  const ctorch_tensor *image;
} ctorch_candidate;
/// Σ shares[k] · candidate k of `input`. Sizes and channels stay; what lies outside an image counts as
/// zero for convolutions and not at all for windows.
///
/// Convolutions are brought to mean 0 and variance 1 per channel and image, then scaled and shifted. The
/// leaky ReLU is the last thing that they do, or, where it comes first, the first; there the means and
/// maxima are normalised, too.
int ctorch_mixed(ctorch_tensor **result, const ctorch_tensor *input, const ctorch_tensor *shares,
                 const ctorch_candidate *candidates, ptrdiff_t count, int activates_first,
                 double slope, double epsilon);
/// Resizes the three spatial axes: trilinear between voxel centres, or the nearest voxel.
int ctorch_interpolated(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *size,
                        ptrdiff_t axes, int nearest);
/// Mean cross-entropy of `logits` [N, C, …] against int64 `classes` [N, …].
int ctorch_cross_entropy(ctorch_tensor **result, const ctorch_tensor *logits,
                         const ctorch_tensor *classes);

/// Mean cross-entropy plus 1 minus the mean soft Dice of `logits` [N, C, …] against uint8 or int64
/// `classes` [N, …]; the Dice is that of each image, or of all together, and of all classes but the
/// first. On the processor it can be differentiated once.
int ctorch_dice_cross_entropy(ctorch_tensor **result, const ctorch_tensor *logits,
                              const ctorch_tensor *classes, int joins_images, double numerator,
                              double denominator);
/// The nearest of the `classes` [N, D, H, W] at every voxel of a grid of `size` over the same field.
int ctorch_reduced_classes(ctorch_tensor **result, const ctorch_tensor *classes,
                           const ptrdiff_t *size, ptrdiff_t axes);

// Gradients.

int ctorch_requires_gradient(const ctorch_tensor *tensor);
int ctorch_set_requires_gradient(ctorch_tensor *tensor, int required);
/// The gradient that `ctorch_backward` left, sharing its numbers, or null where there is none. The
/// caller owns it.
ctorch_tensor *ctorch_gradient(const ctorch_tensor *tensor);
int ctorch_clear_gradient(ctorch_tensor *tensor);
int ctorch_backward(const ctorch_tensor *scalar, int keeping_graph);
/// Fills `results` with the gradient of `scalar` with respect to each of `inputs`, null for those
/// that `scalar` does not depend on. The caller owns each of them.
int ctorch_gradients(ctorch_tensor **results, const ctorch_tensor *scalar,
                     const ctorch_tensor *const *inputs, ptrdiff_t count, int keeping_graph,
                     int differentiable);
int ctorch_detached(ctorch_tensor **result, const ctorch_tensor *input);
/// Whether this thread records what it computes.
int ctorch_is_recording(void);
void ctorch_set_recording(int recording);

// In place, and never recorded: the numbers of `target` change, for every handle that shares them.

/// target += scale × other
int ctorch_in_place_add(ctorch_tensor *target, const ctorch_tensor *other, double scale);
int ctorch_in_place_multiply(ctorch_tensor *target, double factor);
/// target += scale × left × right
int ctorch_in_place_add_product(ctorch_tensor *target, const ctorch_tensor *left,
                                const ctorch_tensor *right, double scale);
/// target += scale × left / right
int ctorch_in_place_add_quotient(ctorch_tensor *target, const ctorch_tensor *left,
                                 const ctorch_tensor *right, double scale);
int ctorch_in_place_copy(ctorch_tensor *target, const ctorch_tensor *source);
int ctorch_in_place_fill(ctorch_tensor *target, double value);
/// Weights that `ctorch_backward` has left gradients at, and what an optimiser keeps of each: one or
/// two tensors of its shape, changed together with it.
typedef struct {
  ctorch_tensor *const *weights;
  ctorch_tensor *const *first;
  /// Null for an optimiser that keeps one.
  ctorch_tensor *const *second;
  ptrdiff_t count;
} ctorch_weights;

/// One step of stochastic gradient descent as PyTorch defines it, with a velocity in `first`.
///
/// `norm` receives the norm of all gradients. Above `limit`, unless that is 0, gradients count as
/// scaled down to it; when it is not finite, nothing changes. Weights without a gradient stay.
int ctorch_sgd_step(double *norm, ctorch_weights weights, double limit, double rate,
                    double momentum, double decay, int is_nesterov);

typedef struct {
  double rate;
  double decay;
  double mean_share;
  double square_share;
  double epsilon;
} ctorch_adamw;

/// The same for AdamW, with the gradient's mean in `first` and its square's in `second`.
///
/// `updates`, float32 on the processor, says for each weight how many updates it has had; this one is
/// added. As in PyTorch, the corrections of a weight are 1 − share^updates, and the root of that.
int ctorch_adamw_step(double *norm, ctorch_weights weights, ctorch_tensor *updates, double limit,
                      ctorch_adamw rule);

/// Gives this handle a converted copy of its numbers; a weight stays one, without its gradient.
int ctorch_move(ctorch_tensor *target, int type, int device);

#ifdef __cplusplus
}
#endif

#include "CTorchNormalization.h"
