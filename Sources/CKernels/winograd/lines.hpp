// A transform of whole lines: numbers at one place of several lines make those at that place of others.
//
// Two passes over a tile's lines, one for the depth and one for the height, with some ten lines at a time:
// the processor fetches so many ahead, where it does not with the 36 of both at once.

#pragma once

#include "tile.hpp"

namespace ckernels::winograd {

/// The lines that a transform reads, null where they are outside and so of zeros, and those that it writes,
/// which may be the same, or null where they are not wanted.
template <int Count, int Results>
struct Lines {
  const float *sources[Count];
  float *targets[Results];
};

/// `Transform::apply` computes `Transform::results` vectors from `Transform::count`; `shift` is added.
template <typename Transform, typename Vector>
CKERNELS_INLINE void transform_at(const Lines<Transform::count, Transform::results> &lines,
                                  int64_t index, const Vector &shift) {
  Vector seen[Transform::count], result[Transform::results];
  for (int line = 0; line < Transform::count; ++line) {
    seen[line] = Vector{};
    if (lines.sources[line]) {
      __builtin_memcpy(&seen[line], lines.sources[line] + index, sizeof(Vector));
    }
  }
  Transform::apply(result, seen);
  for (int line = 0; line < Transform::results; ++line) {
    result[line] += shift;
    if (lines.targets[line]) {
      __builtin_memcpy(lines.targets[line] + index, &result[line], sizeof(Vector));
    }
  }
}

template <typename Transform, typename Vector>
CKERNELS_INLINE void transform_all(const Lines<Transform::count, Transform::results> &lines,
                                   int64_t length, const float8 &shift) {
  constexpr int64_t step = sizeof(Vector) / sizeof(float);
  Vector shifts;
  for (int64_t lane = 0; lane < step; ++lane) shifts[lane] = shift[lane % 8];
  int64_t index = 0;
  for (; index + step <= length; index += step) transform_at<Transform>(lines, index, shifts);
  if (index < length) transform_at<Transform>(lines, index, shift);
}

template <typename Transform>
CKERNELS_AVX512 void transform_avx512(const Lines<Transform::count, Transform::results> &lines,
                                      int64_t length, const float8 &shift) {
  transform_all<Transform, float16>(lines, length, shift);
}

template <typename Transform>
CKERNELS_AVX2 void transform_avx2(const Lines<Transform::count, Transform::results> &lines,
                                  int64_t length, const float8 &shift) {
  transform_all<Transform, float8>(lines, length, shift);
}

template <typename Transform>
void transform_portable(const Lines<Transform::count, Transform::results> &lines, int64_t length,
                        const float8 &shift) {
  transform_all<Transform, float8>(lines, length, shift);
}

/// Transforms `length` numbers of every line.
template <typename Transform>
void transform(const Lines<Transform::count, Transform::results> &lines, int64_t length,
               Instructions instructions, const float8 &shift = float8{}) {
  switch (instructions) {
    case Instructions::avx512: return transform_avx512<Transform>(lines, length, shift);
    case Instructions::avx2: return transform_avx2<Transform>(lines, length, shift);
    case Instructions::portable: return transform_portable<Transform>(lines, length, shift);
  }
}

}  // namespace ckernels::winograd
