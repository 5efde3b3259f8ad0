#ifndef CRESAMPLING_INTERNAL_H
#define CRESAMPLING_INTERNAL_H

#include "CResampling.h"

/// The positions of a row that are looked up together.
#define PIECE 64

/// Those of them that are computed side by side.
#define GROUP 16

/// A function that is part of the one that calls it, and so compiled for the same instructions.
#define INLINE static inline __attribute__((always_inline))

/// A number of each position of a group: one register or several, as the processor has them.
typedef float cresampling_floats __attribute__((vector_size(GROUP * sizeof(float))));

/// How positions follow each other along a row.
typedef struct {
  /// From a voxel to the next along each axis, in voxels of memory.
  int64_t stride[3];
  /// From a position to the next, in 2^-32 of a voxel.
  int64_t step[3];
  /// How far a group's positions lie behind its first: whole voxels, in voxels of memory, ...
  int32_t offset[GROUP];
  /// ... and the rest along each axis, in 2^-32 of a voxel.
  uint32_t rest[3][GROUP];
} cresampling_course;

/// Where the positions of a piece lie.
typedef struct {
  /// The first neighbour of each, in voxels of memory behind that of the piece's first position.
  int32_t offset[PIECE];
  /// How far it is from there along each axis, in voxels.
  float t[3][PIECE];
} cresampling_places;

/// The positions of a row, from `*begin` to before `*end`, that lie clear of the outermost centres:
/// each has eight neighbours, and a piece's are less than 2^31 voxels apart. They may be none.
void cresampling_middle(
  const cresampling_source *source, const cresampling_row *row, int64_t *begin, int64_t *end);

/// Whether a row is trilinear.
static inline int cresampling_is_linear(const cresampling_row *row) {
  return row->order[0] == CRESAMPLING_LINEAR && row->order[1] == CRESAMPLING_LINEAR &&
         row->order[2] == CRESAMPLING_LINEAR;
}

static inline int64_t cresampling_width(cresampling_type type) {
  return type == CRESAMPLING_UINT8 ? 1 : type == CRESAMPLING_FLOAT ? 4 : 2;
}

#endif
