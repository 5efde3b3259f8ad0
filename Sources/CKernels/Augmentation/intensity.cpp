// Brightness, contrast and gamma: one pass to measure, one to change.
//
// Bound by the second cache or memory, but for the power: a logarithm and an exponential per number.

#include <algorithm>
#include <cmath>
#include <limits>

#include "../elementary.hpp"
#include "../guard.hpp"
#include "../include/CKernelsAugmentation.h"

using namespace ckernels;

namespace {

/// Sums of differences from a value near the mean, in float32 over few numbers and then in float64,
/// and the range.
struct Measure {
  double sum = 0;
  double squares = 0;
  float lowest = std::numeric_limits<float>::infinity();
  float highest = -std::numeric_limits<float>::infinity();

  CKERNELS_INLINE void add(const float *values, int64_t count, float origin) {
    constexpr int64_t most = 1024;
    float8 low = float8{} + lowest;
    float8 high = float8{} + highest;
    for (int64_t start = 0; start < count; start += most) {
      const int64_t end = std::min(count, start + most);
      float8 sums = {}, square_sums = {};
      int64_t i = start;
      for (; i + lanes <= end; i += lanes) {
        float8 value;
        load(value, values + i);
        low = value < low ? value : low;
        high = value > high ? value : high;
        value -= origin;
        sums += value;
        square_sums += value * value;
      }
      sum += sum_of(sums);
      squares += sum_of(square_sums);
      for (; i < end; ++i) add_one(values[i], origin);
    }
    for (int64_t lane = 0; lane < lanes; ++lane) {
      lowest = std::min(lowest, low[lane]);
      highest = std::max(highest, high[lane]);
    }
  }

  CKERNELS_INLINE void add_one(float value, float origin) {
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
    const double difference = static_cast<double>(value) - static_cast<double>(origin);
    sum += difference;
    squares += difference * difference;
  }
};

CKERNELS_INLINE void measure(ckernels_statistics &result, const float *values, int64_t count) {
  const float origin = values[count / 2];
  Measure all;
  all.add(values, count, origin);
  const double number = static_cast<double>(count);
  const double mean = all.sum / number;
  result = {static_cast<double>(origin) + mean,
            std::sqrt(std::max(0.0, all.squares / number - mean * mean)), all.lowest, all.highest};
}

CKERNELS_INLINE void rescale(float *values, int64_t count, float scale, float shift, float lowest,
                             float highest) {
  for (int64_t i = 0; i < count; ++i) {
    const float value = scale * values[i] + shift;
    const float raised = value < lowest ? lowest : value;
    values[i] = raised > highest ? highest : raised;
  }
}

/// base^exponent for 0 ≤ base ≤ 1; 0 stays 0, and so do numbers too small to be normal.
CKERNELS_INLINE void power(float8 &result, const float8 &base, float exponent) {
  float8 logarithm;
  binary_logarithm(logarithm, base);
  power_of_two(result, logarithm * exponent);
  result = base >= std::numeric_limits<float>::min() ? result : float8{};
}

/// value ← ((value - `origin`) × `inverse`)^`exponent`
CKERNELS_INLINE void raise(float *values, int64_t count, float exponent, float origin,
                           float inverse) {
  for (int64_t i = 0; i < count; i += lanes) {
    const int64_t left = std::min(lanes, count - i);
    float8 value;
    if (left == lanes) {
      load(value, values + i);
    } else {
      load_some(value, values + i, left);
    }
    power(value, (value - origin) * inverse, exponent);
    store_some(values + i, value, left);
  }
}

CKERNELS_INLINE void change_gamma(float *values, int64_t count, float exponent, bool is_inverted,
                                  const ckernels_statistics &before) {
  const float range = before.highest - before.lowest;
  const float origin = is_inverted ? before.highest : before.lowest;
  raise(values, count, exponent, origin, (is_inverted ? -1 : 1) / range);
  ckernels_statistics after;
  measure(after, values, count);
  // Mapping the powers back would be undone by the standardisation, except for its sign.
  const double scale = (is_inverted ? -1 : 1) * before.deviation / std::max(after.deviation, 1e-8);
  constexpr float infinity = std::numeric_limits<float>::infinity();
  rescale(values, count, static_cast<float>(scale),
          static_cast<float>(before.mean - scale * after.mean), -infinity, infinity);
}

CKERNELS_AVX2 void measure_avx2(ckernels_statistics &result, const float *values, int64_t count) {
  measure(result, values, count);
}

void measure_portable(ckernels_statistics &result, const float *values, int64_t count) {
  measure(result, values, count);
}

CKERNELS_AVX2 void rescale_avx2(float *values, int64_t count, float scale, float shift,
                                float lowest, float highest) {
  rescale(values, count, scale, shift, lowest, highest);
}

void rescale_portable(float *values, int64_t count, float scale, float shift, float lowest,
                      float highest) {
  rescale(values, count, scale, shift, lowest, highest);
}

CKERNELS_AVX2 void gamma_avx2(float *values, int64_t count, float exponent, bool is_inverted,
                              const ckernels_statistics &before) {
  change_gamma(values, count, exponent, is_inverted, before);
}

void gamma_portable(float *values, int64_t count, float exponent, bool is_inverted,
                    const ckernels_statistics &before) {
  change_gamma(values, count, exponent, is_inverted, before);
}

}  // namespace

int ckernels_measure(ckernels_statistics *result, const float *values, int64_t count) {
  return guarded([&] {
    require(count > 0, "there are no numbers");
    (uses_avx2() ? measure_avx2 : measure_portable)(*result, values, count);
  });
}

int ckernels_rescale(float *values, int64_t count, float scale, float shift, float lowest,
                     float highest) {
  return guarded([&] {
    (uses_avx2() ? rescale_avx2 : rescale_portable)(values, count, scale, shift, lowest, highest);
  });
}

int ckernels_gamma(float *values, int64_t count, double exponent, int is_inverted,
                   ckernels_statistics statistics) {
  return guarded([&] {
    require(exponent > 0, "the exponent is not positive");
    if (!(statistics.highest > statistics.lowest)) return;
    (uses_avx2() ? gamma_avx2 : gamma_portable)(values, count, static_cast<float>(exponent),
                                                is_inverted != 0, statistics);
  });
}
