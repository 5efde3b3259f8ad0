// Exponential, logarithm and the like of eight numbers at a time.
//
// Vectors travel by reference: how they are passed by value depends on the instructions that a
// function is compiled for. Results with and without AVX2 differ by rounding alone.

#pragma once

#include <cstddef>
#include <cstdint>

#include "processor.hpp"

namespace ckernels {

/// What comparing two `float8` gives (-1 where it holds), and their bits.
typedef int32_t bits8 __attribute__((vector_size(32)));

/// How many numbers a vector holds.
constexpr int64_t lanes = 8;

/// The first `count` of eight numbers; the others become 0.
CKERNELS_INLINE void load_some(float8 &value, const float *source, int64_t count) {
  float numbers[lanes] = {};
  std::memcpy(numbers, source, static_cast<size_t>(count) * sizeof(float));
  load(value, numbers);
}

CKERNELS_INLINE void store_some(float *target, const float8 &value, int64_t count) {
  std::memcpy(target, &value, static_cast<size_t>(count) * sizeof(float));
}

CKERNELS_INLINE void as_bits(bits8 &bits, const float8 &value) {
  std::memcpy(&bits, &value, sizeof(bits));
}

CKERNELS_INLINE void as_floats(float8 &value, const bits8 &bits) {
  std::memcpy(&value, &bits, sizeof(value));
}

/// Adding this leaves a number rounded, with a float's exponent bias, in the lowest bits.
constexpr float rounding = 12582912.0F + 127.0F;

/// e^part × 2^n for |part| ≤ ln 2 / 2, with `rounded` = n + `rounding`.
///
/// The Taylor series of exp; the first term left out is 5e-9.
CKERNELS_INLINE void scaled_exponential(float8 &result, const float8 &part, const float8 &rounded) {
  float8 sum = part * (1.0F / 5040) + 1.0F / 720;
  sum = sum * part + 1.0F / 120;
  sum = sum * part + 1.0F / 24;
  sum = sum * part + 1.0F / 6;
  sum = sum * part + 0.5F;
  sum = sum * part + 1.0F;
  sum = sum * part + 1.0F;
  bits8 bits;
  as_bits(bits, rounded);
  float8 scale;
  as_floats(scale, bits << 23);
  result = sum * scale;
}

/// e^x for x ≤ 0, e^-87.3 below -87.3. NaN stays NaN. Relative error below 2e-7.
CKERNELS_INLINE void exponential(float8 &result, const float8 &exponent) {
  const float8 least = float8{} - 87.3F;
  const float8 x = exponent < least ? least : exponent;
  const float8 rounded = x * 1.44269504088896F + rounding;
  const float8 whole = rounded - rounding;
  // ln 2 in two parts, so that large exponents keep their last bits.
  const float8 part = (x - whole * 0.693145751953125F) - whole * 1.428606765330187e-6F;
  scaled_exponential(result, part, rounded);
}

/// 2^x, for x brought to -126...127. NaN stays NaN. Relative error below 2e-7.
CKERNELS_INLINE void power_of_two(float8 &result, const float8 &exponent) {
  const float8 least = float8{} - 126.0F;
  const float8 most = float8{} + 127.0F;
  float8 x = exponent < least ? least : exponent;
  x = x > most ? most : x;
  const float8 rounded = x + rounding;
  const float8 part = (x - (rounded - rounding)) * 0.693147180559945F;
  scaled_exponential(result, part, rounded);
}

/// log2 x for normal x > 0. Absolute error below 2e-7 times the larger of 1 and |log2 x|.
CKERNELS_INLINE void binary_logarithm(float8 &result, const float8 &value) {
  // The mantissa is taken from √½ to √2, where the series converges fastest.
  constexpr int32_t root = 0x3F3504F3;
  bits8 bits;
  as_bits(bits, value);
  const bits8 exponent = (bits - root) >> 23;
  float8 mantissa;
  as_floats(mantissa, bits - (exponent << 23));
  // log m = 2 artanh((m - 1) / (m + 1)); the first term left out is 2e-9.
  const float8 s = (mantissa - 1.0F) / (mantissa + 1.0F);
  const float8 square = s * s;
  float8 sum = square * (1.0F / 9) + 1.0F / 7;
  sum = sum * square + 1.0F / 5;
  sum = sum * square + 1.0F / 3;
  sum = sum * square + 1.0F;
  constexpr float two_by_ln2 = 2.88539008177793F;
  result = sum * s * two_by_ln2 + __builtin_convertvector(exponent, float8);
}

/// The sum of all lanes, always in the same order.
CKERNELS_INLINE double sum_of(const float8 &value) {
  double sum = 0;
  for (int64_t lane = 0; lane < lanes; ++lane) sum += static_cast<double>(value[lane]);
  return sum;
}

/// Rows become columns.
CKERNELS_INLINE void transpose(float8 (&m)[lanes]) {
  float8 pairs[lanes], fours[lanes];
  for (int i = 0; i < lanes; i += 2) {
    pairs[i] = __builtin_shufflevector(m[i], m[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    pairs[i + 1] = __builtin_shufflevector(m[i], m[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < lanes; i += i % 4 == 1 ? 3 : 1) {
    fours[i] = __builtin_shufflevector(pairs[i], pairs[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    fours[i + 2] = __builtin_shufflevector(pairs[i], pairs[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  for (int i = 0; i < 4; ++i) {
    m[i] = __builtin_shufflevector(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    m[i + 4] = __builtin_shufflevector(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

}  // namespace ckernels
