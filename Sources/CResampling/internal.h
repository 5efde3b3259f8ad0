#ifndef CRESAMPLING_INTERNAL_H
#define CRESAMPLING_INTERNAL_H

#include "CResampling.h"

/// The kernels that the including file has just defined.
#define KERNELS                                                                                  \
  {                                                                                              \
    .plane = NAME(plane), .pick_plane = NAME(pick_plane), .vote_plane = NAME(vote_plane),        \
    .row = NAME(row), .pick_row = NAME(pick_row), .vote_row = NAME(vote_row),                    \
    .decide_row = NAME(decide_row), .contest = NAME(contest), .spline = NAME(spline), .convolve = NAME(convolve),                \
  }

/// The positions of a row that are looked up together.
#define PIECE 64

/// The positions of a row, from `*begin` to before `*end`, that lie clear of the outermost centres:
/// each has eight neighbours, and a piece's are less than 2^31 voxels apart. They may be none.
void cresampling_middle(
  const cresampling_source *source, const cresampling_row *row, int64_t *begin, int64_t *end);

static inline int64_t cresampling_width(cresampling_type type) {
  return type == CRESAMPLING_UINT8 ? 1 : type == CRESAMPLING_FLOAT ? 4 : 2;
}

#endif
