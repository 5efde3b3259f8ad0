// Filters along lines of samples, several lines side by side.

/// Source: M. Unser, A. Aldroubi, M. Eden, "B-Spline Signal Processing: Part II", IEEE Transactions
/// on Signal Processing 41(2), 1993: the cubic spline as two first-order recursions.
TARGET static void NAME(spline)(
  float *lines, int64_t count, int64_t stride, int64_t lanes, cresampling_boundary boundary) {
  if (count < 2) return;
  const float pole = -0.26794919243112270647f;
  const int64_t last = count - 1;
  float *end = lines + last * stride;
  for (int64_t k = 0; k < count; k++) {
    float *restrict here = lines + k * stride;
    for (int64_t lane = 0; lane < lanes; lane++) here[lane] *= 6;
  }
  if (boundary == CRESAMPLING_MIRRORED) {
    // The mirrored signal has the period 2·last; after 24 samples its powers vanish in a float.
    const int64_t horizon = 24;
    for (int64_t lane = 0; lane < lanes; lane++) {
      double sum = 0, power = 1;
      for (int64_t k = 0; k < (2 * last < horizon ? 2 * last : horizon); k++) {
        const int64_t at = k % (2 * last);
        sum += power * lines[(at <= last ? at : 2 * last - at) * stride + lane];
        power *= pole;
      }
      lines[lane] = (float)(2 * last < horizon ? sum / (1 - power) : sum);
    }
  } else {
    for (int64_t lane = 0; lane < lanes; lane++) lines[lane] /= 1 - pole;
  }
  // The recursion is about to change the last sample, which is needed for the way back.
  float kept[CRESAMPLING_LANES];
  for (int64_t lane = 0; lane < lanes; lane++) kept[lane] = end[lane];
  for (int64_t k = 1; k < count; k++) {
    float *restrict here = lines + k * stride;
    const float *restrict before = here - stride;
    for (int64_t lane = 0; lane < lanes; lane++) here[lane] += pole * before[lane];
  }
  for (int64_t lane = 0; lane < lanes; lane++) {
    if (boundary == CRESAMPLING_MIRRORED) {
      end[lane] = pole / (pole * pole - 1) * (pole * end[lane - stride] + end[lane]);
    } else {
      const float level = kept[lane] / (1 - pole);
      end[lane] = -pole * (level / (1 - pole) + (end[lane] - level) / (1 - pole * pole));
    }
  }
  for (int64_t k = last - 1; k >= 0; k--) {
    float *restrict here = lines + k * stride;
    const float *restrict after = here + stride;
    for (int64_t lane = 0; lane < lanes; lane++) here[lane] = pole * (after[lane] - here[lane]);
  }
}

TARGET static void NAME(convolve)(
  const float *restrict lines, int64_t count, int64_t lanes, const float *restrict kernel,
  int64_t radius, float *restrict out, int64_t stride) {
  for (int64_t k = 0; k < count; k++) {
    float *restrict to = out + k * stride;
    for (int64_t lane = 0; lane < lanes; lane++) to[lane] = kernel[0] * lines[k * lanes + lane];
    for (int64_t step = 1; step <= radius; step++) {
      const float *restrict before = lines + (k > step ? k - step : 0) * lanes;
      const float *restrict after = lines + (k + step < count ? k + step : count - 1) * lanes;
      for (int64_t lane = 0; lane < lanes; lane++) {
        to[lane] += kernel[step] * (before[lane] + after[lane]);
      }
    }
  }
}
