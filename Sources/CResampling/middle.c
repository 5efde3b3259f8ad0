#include <math.h>

#include "internal.h"

void cresampling_middle(
  const cresampling_source *source, const cresampling_row *row, int64_t *begin, int64_t *end) {
  // Far more than what rounding can move a position by, and too little to cost many positions.
  const double margin = 0x1p-16;
  double low = 0, high = (double)row->length, reach = 0, stride = 1;
  for (int axis = 0; axis < 3; axis++) {
    const double start = row->start[axis], step = row->step[axis];
    const double least = margin, most = (double)(source->size[axis] - 1) - margin;
    if (step != 0) {
      const double one = (least - start) / step, other = (most - start) / step;
      low = fmax(low, ceil(fmin(one, other)));
      high = fmin(high, floor(fmax(one, other)) + 1);
    } else if (start < least || start > most) {
      high = 0;
    }
    if (most < least) high = 0;
    reach += (fabs(step) * PIECE + 2) * stride;
    stride *= (double)source->size[axis];
  }
  const int is_worth_it = high - low >= 2 && reach < 0x1p31;
  *begin = is_worth_it ? (int64_t)low : 0;
  *end = is_worth_it ? (int64_t)high : 0;
}
