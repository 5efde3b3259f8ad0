// All kernels for one set of instructions: TARGET says which, NAME marks what is compiled for it.

#include "planes.h"
#include "linear.h"
#include "middle.h"
#include "trilinear.h"
#include "rows.h"
#include "labels.h"
#include "filters.h"

static const cresampling_kernels NAME(kernels) = {
  .plane = NAME(plane),
  .pick_plane = NAME(pick_plane),
  .vote_plane = NAME(vote_plane),
  .row = NAME(row),
  .pick_row = NAME(pick_row),
  .vote_row = NAME(vote_row),
  .decide_row = NAME(decide_row),
  .contest = NAME(contest),
  .spline = NAME(spline),
  .convolve = NAME(convolve),
};

#undef NAME
#undef TARGET
