#ifndef CRESAMPLING_H
#define CRESAMPLING_H

#include <stdint.h>

// Values of a dense grid on another one. Voxels run x fastest, then y, then z; every length is a
// number of voxels. Nothing here takes memory, keeps state or can fail: the caller owns all buffers
// and divides the work among threads. No product is fused with a sum, so that the kernels for all
// processors give the same bytes.

/// How the voxels of the old grid are stored.
typedef enum {
  CRESAMPLING_UINT8,
  CRESAMPLING_INT16,
  CRESAMPLING_UINT16,
  CRESAMPLING_FLOAT
} cresampling_type;

/// The polynomial between the voxels of one axis.
typedef enum { CRESAMPLING_NEAREST, CRESAMPLING_LINEAR, CRESAMPLING_CUBIC } cresampling_order;

/// How the voxels go on beyond the outermost centres, for a cubic spline.
typedef enum {
  /// Mirrored about the outermost centre, as in ITK.
  CRESAMPLING_MIRRORED,
  /// The outermost value repeated, as in scipy.ndimage ("nearest") and scikit-image ("edge").
  CRESAMPLING_CONTINUED
} cresampling_boundary;

/// The most lines that are filtered side by side.
#define CRESAMPLING_LANES 256

/// Where the voxels of one axis of the new grid lie on the same axis of the old one.
typedef struct {
  /// How many neighbours a new value is made from: 1 to 4.
  int32_t taps;
  /// The number of new voxels.
  int32_t length;
  /// Per new voxel, its first neighbour.
  const int32_t *first;
  /// Per new voxel, the weight of each of its neighbours.
  const float *weights;
} cresampling_axis;

/// Old voxels, dense: `size` of them along x, y and z, of which slices from `first_slice` on are there.
typedef struct {
  const void *voxels;
  cresampling_type type;
  int64_t size[3];
  int64_t first_slice;
} cresampling_source;

/// A row of the new grid as seen from the old one; `order` is that of each axis of the old grid.
typedef struct {
  double start[3];
  double step[3];
  int64_t length;
  cresampling_order order[3];
  cresampling_boundary boundary;
  /// How much further on in memory, in voxels, a row that comes soon lies. Trilinear rows ask for its
  /// voxels beforehand, wherever that is; 0 is allowed, and no value changes the result.
  int64_t ahead;
} cresampling_row;

/// The neighbours of `position` among `count` voxels and their weights; returns how many there are.
///
/// `position` is at most half a voxel beyond the outermost centres, or is taken as if it were. For a
/// cubic spline the voxels are the spline's coefficients, and what lies beyond them is folded back
/// on to the neighbours.
int32_t cresampling_weights(
  cresampling_order order, cresampling_boundary boundary, double position, int64_t count,
  int32_t *first, float weights[4]);

/// The kernels for some instructions. None writes beyond what its comment says.
typedef struct {
  /// Plane `z` of the new grid, `x->length` × `y->length` values with rows `out_row` apart.
  /// `scratch` holds a plane and a row of the old grid.
  void (*plane)(
    const cresampling_source *source, const cresampling_axis *x, const cresampling_axis *y,
    const cresampling_axis *z, int64_t index, float *scratch, float *out, int64_t out_row);

  /// The same with one neighbour per axis and values as they are stored.
  void (*pick_plane)(
    const cresampling_source *source, const cresampling_axis *x, const cresampling_axis *y,
    const cresampling_axis *z, int64_t index, void *out, int64_t out_row);

  /// The same for labels (uint8 or uint16): each axis has one or two neighbours, and the label with
  /// the greatest sum of weights wins, the lower one of equals. `scratch` holds a byte per voxel of
  /// a row of the old grid.
  void (*vote_plane)(
    const cresampling_source *source, const cresampling_axis *x, const cresampling_axis *y,
    const cresampling_axis *z, int64_t index, uint8_t *scratch, void *out, int64_t out_row);

  /// Values along a row that may run in any direction; every position lies in the old grid's box.
  void (*row)(const cresampling_source *source, const cresampling_row *row, float *out);

  /// The same with the nearest voxels as they are stored.
  void (*pick_row)(const cresampling_source *source, const cresampling_row *row, void *out);

  /// The same with the vote of labels.
  void (*vote_row)(const cresampling_source *source, const cresampling_row *row, void *out);

  /// The winner of several volumes of floats, `stride` voxels apart, along such a row: the label of
  /// the one with the greatest trilinear value, the first of equals.
  void (*decide_row)(
    const cresampling_source *source, const cresampling_row *row, int64_t stride,
    const uint16_t *labels, int64_t classes, uint16_t *winner);

  /// Where a score is greater than the best so far, keeps it and `label`.
  void (*contest)(
    const float *scores, int64_t count, uint16_t label, float *best, uint16_t *winner);

  /// Turns samples into the coefficients of the cubic spline through them: `lanes` lines at once,
  /// at most CRESAMPLING_LANES, side by side, their `count` samples `stride` floats apart.
  void (*spline)(
    float *lines, int64_t count, int64_t stride, int64_t lanes, cresampling_boundary boundary);

  /// Convolves such lines with a symmetric kernel (its middle and one side), edges repeated. The
  /// samples of `lines` are `lanes` floats apart, those of `out` `stride`.
  void (*convolve)(
    const float *lines, int64_t count, int64_t lanes, const float *kernel, int64_t radius,
    float *out, int64_t stride);
} cresampling_kernels;

/// What kernels may use.
typedef enum { CRESAMPLING_PORTABLE, CRESAMPLING_AVX2, CRESAMPLING_AVX512 } cresampling_instructions;

/// The kernels that use some instructions, or NULL where this processor lacks them.
const cresampling_kernels *cresampling_kernels_for(cresampling_instructions instructions);

/// The fastest kernels that this processor has.
const cresampling_kernels *cresampling_best_kernels(void);

/// Copies `count` stored values to floats.
void cresampling_load(cresampling_type type, const void *voxels, int64_t count, float *out);

/// The least and the greatest of `count` values, NaN left out; both are only widened.
void cresampling_extremes(const float *values, int64_t count, float *least, float *greatest);

/// Copies `lanes` rows of `count` floats, `row` apart, to a block with the rows side by side.
void cresampling_interleave(
  const float *rows, int64_t count, int64_t row, int64_t lanes, float *block);

/// The way back.
void cresampling_separate(
  const float *block, int64_t count, int64_t row, int64_t lanes, float *rows);

/// Copies slices `first..<first + slices` of a grid with permuted axes: axis a of the copy is axis
/// `axes[a]` of the source. `width` is the number of bytes of a voxel: 1, 2 or 4.
void cresampling_permute(
  const void *voxels, int32_t width, const int64_t size[3], const int32_t axes[3], int64_t first,
  int64_t slices, void *out);

#endif
