// Trilinear rows as a whole, of one volume and of the scores of several classes.

TARGET static void NAME(linear_row)(
  const cresampling_source *source, const cresampling_row *row, float *out) {
  int64_t begin, end;
  cresampling_middle(source, row, &begin, &end);
  NAME(linear_ends)(source, row, 0, begin, out);
  NAME(linear_middle)(source, row, begin, end, out);
  NAME(linear_ends)(source, row, end, row->length, out);
}

TARGET static void NAME(contest)(
  const float *restrict scores, int64_t count, uint16_t label, float *restrict best,
  uint16_t *restrict winner) {
  for (int64_t i = 0; i < count; i++) {
    const int wins = scores[i] > best[i];
    best[i] = wins ? scores[i] : best[i];
    winner[i] = wins ? label : winner[i];
  }
}

TARGET static void NAME(decide_row)(
  const cresampling_source *source, const cresampling_row *row, int64_t stride,
  const uint16_t *labels, int64_t classes, uint16_t *restrict winner) {
  int64_t parts[4] = {0, 0, 0, row->length}, first = 0;
  cresampling_middle(source, row, &parts[1], &parts[2]);
  double place[PIECE];
  float t[3][PIECE], best[PIECE], scores[PIECE];
  cresampling_course course;
  cresampling_places places;
  NAME(lay_out)(source, row, &course);
  for (int part = 0; part < 3; part++) {
    for (int64_t begin = parts[part]; begin < parts[part + 1]; begin += PIECE) {
      const int64_t rest = parts[part + 1] - begin, count = rest < PIECE ? rest : PIECE;
      if (part == 1) {
        first = NAME(follow)(row, &course, begin, count, &places);
      } else {
        NAME(locate)(source, row, begin, count, place, t);
      }
      for (int64_t i = 0; i < count; i++) {
        best[i] = -INFINITY;
        winner[begin + i] = labels[0];
      }
      for (int64_t class = 0; class < classes; class++) {
        const float *voxels = (const float *)source->voxels + class * stride;
        if (part == 1) {
          NAME(mix_f32)(voxels + first, source->size, row->ahead, &places, count, scores);
        } else {
          NAME(blend_f32)(voxels, source->size, place, t, count, scores);
        }
        NAME(contest)(scores, count, labels[class], best, winner + begin);
      }
    }
  }
}
