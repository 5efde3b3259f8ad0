// Maximum pooling with windows of 3³.
//
// First the largest of the nine rows of a window, for a whole line at once, then of three
// neighbours. On the way back every voxel asks its 27 windows whether it was their maximum, so that
// threads never write the same place. Bound by comparisons: 16 GB/s in and out on two cores of a Zen 5,
// 7 on the way back.

#include <atomic>
#include <new>

#include "../memory.hpp"
#include "../parallel.hpp"
#include "window.hpp"

namespace ckernels {
namespace {

typedef uint8_t byte8 __attribute__((vector_size(8)));

struct Slice {
  const ckernels_images &images;
  float *output;
  /// Of this slice on the way forward, or null; of the whole plane on the way back.
  uint8_t *places;
  const float *input;  ///< The first slice of this slice's plane.
  int64_t depth;
};

/// The largest numbers of a line so far, and which row they are from.
struct Line {
  float *numbers;
  int32_t *rows;
};

CKERNELS_INLINE void load_rows(whole8 &lanes, const int32_t *source) {
  std::memcpy(&lanes, source, sizeof(lanes));
}

/// Takes over `other` and where it is, in the lanes in which it is larger. A NaN wins, and stays.
CKERNELS_INLINE void raise(float8 &best, whole8 &place, const float8 &other, int32_t there) {
  const whole8 wins = (other > best) | (other != other);
  best = wins ? other : best;
  place = wins ? whole8{} + there : place;
}

/// The rows around row `y` of a slice, inside the image.
struct Rows {
  const float *rows[9];
  int32_t numbers[9];
  int64_t count = 0;

  CKERNELS_INLINE Rows(const Slice &slice, int64_t y) {
    const auto &size = slice.images.size;
    const int64_t z = slice.depth;
    for (int64_t dz = std::max<int64_t>(z - 1, 0); dz <= std::min(z + 1, size[0] - 1); ++dz) {
      for (int64_t dy = std::max<int64_t>(y - 1, 0); dy <= std::min(y + 1, size[1] - 1); ++dy) {
        numbers[count] = static_cast<int32_t>((dz - z + 1) * 3 + (dy - y + 1));
        rows[count++] = slice.input + (dz * size[1] + dy) * size[2] * 8;
      }
    }
  }
};

/// The largest numbers of the rows around row `y`, and which rows they are from.
CKERNELS_INLINE void largest_of_rows(const Slice &slice, Line line, int64_t y) {
  const Rows around(slice, y);
  float8 best, other;
  for (int64_t x = 0; x < slice.images.size[2]; ++x) {
    load(best, around.rows[0] + x * 8);
    whole8 place = whole8{} + around.numbers[0];
    for (int64_t row = 1; row < around.count; ++row) {
      load(other, around.rows[row] + x * 8);
      raise(best, place, other, around.numbers[row]);
    }
    store(line.numbers + x * 8, best);
    std::memcpy(line.rows + x * 8, &place, sizeof(place));
  }
}

CKERNELS_INLINE void pool_line(Line line, float *output, uint8_t *places, int64_t width) {
  float8 best, other;
  whole8 place, row;
  for (int64_t x = 0; x < width; ++x) {
    const int64_t start = x > 0 ? x - 1 : x, end = std::min(x + 1, width - 1);
    load(best, line.numbers + start * 8);
    load_rows(row, line.rows + start * 8);
    place = row * 3 + static_cast<int32_t>(start - x + 1);
    for (int64_t next = start + 1; next <= end; ++next) {
      load(other, line.numbers + next * 8);
      load_rows(row, line.rows + next * 8);
      const whole8 there = row * 3 + static_cast<int32_t>(next - x + 1);
      const whole8 wins =
          (other > best) | (other != other) | ((other == best) & (there < place));
      best = wins ? other : best;
      place = wins ? there : place;
    }
    store(output + x * 8, best);
    const byte8 bytes = __builtin_convertvector(place, byte8);
    std::memcpy(places + x * 8, &bytes, sizeof(bytes));
  }
}

/// The maxima of row `y` alone.
CKERNELS_INLINE void pool_values(const Slice &slice, Line line, float *output, int64_t y) {
  const Rows around(slice, y);
  const int64_t width = slice.images.size[2];
  float8 best, other;
  whole8 ignored{};
  for (int64_t x = 0; x < width; ++x) {
    load(best, around.rows[0] + x * 8);
    for (int64_t row = 1; row < around.count; ++row) {
      load(other, around.rows[row] + x * 8);
      raise(best, ignored, other, 0);
    }
    store(line.numbers + x * 8, best);
  }
  for (int64_t x = 0; x < width; ++x) {
    load(best, line.numbers + std::max<int64_t>(x - 1, 0) * 8);
    for (int64_t next = x; next <= std::min(x + 1, width - 1); ++next) {
      load(other, line.numbers + next * 8);
      raise(best, ignored, other, 0);
    }
    store(output + x * 8, best);
  }
}

CKERNELS_INLINE void pool(const Slice &slice, Line line) {
  const auto &size = slice.images.size;
  for (int64_t y = 0; y < size[1]; ++y) {
    const int64_t start = y * size[2] * 8;
    if (slice.places) {
      largest_of_rows(slice, line, y);
      pool_line(line, slice.output + start, slice.places + start, size[2]);
    } else {
      pool_values(slice, line, slice.output + start, y);
    }
  }
}

/// Adds to a row of the gradient what the windows around a row of the output give it.
CKERNELS_INLINE void return_row(float *target, const float *gradient, const uint8_t *places,
                                int64_t width, int32_t row) {
  float8 sum, other;
  byte8 bytes;
  for (int64_t x = 0; x < width; ++x) {
    load(sum, target + x * 8);
    for (int64_t next = std::max<int64_t>(x - 1, 0); next <= std::min(x + 1, width - 1); ++next) {
      std::memcpy(&bytes, places + next * 8, sizeof(bytes));
      load(other, gradient + next * 8);
      const whole8 chosen = __builtin_convertvector(bytes, whole8) ==
                            row * 3 + static_cast<int32_t>(x - next + 1);
      sum += chosen ? other : float8{};
    }
    store(target + x * 8, sum);
  }
}

CKERNELS_INLINE void pool_back(const Slice &slice, Line) {
  const auto &size = slice.images.size;
  const int64_t z = slice.depth, width = size[2];
  std::memset(slice.output, 0, sizeof(float) * size[1] * width * 8);
  for (int64_t y = 0; y < size[1]; ++y) {
    for (int64_t dz = std::max<int64_t>(z - 1, 0); dz <= std::min(z + 1, size[0] - 1); ++dz) {
      for (int64_t dy = std::max<int64_t>(y - 1, 0); dy <= std::min(y + 1, size[1] - 1); ++dy) {
        const int64_t start = (dz * size[1] + dy) * width * 8;
        return_row(slice.output + y * width * 8, slice.input + start, slice.places + start, width,
                   static_cast<int32_t>((z - dz + 1) * 3 + (y - dy + 1)));
      }
    }
  }
}

CKERNELS_AVX2 void pool_avx2(const Slice &slice, Line line) { pool(slice, line); }
void pool_portable(const Slice &slice, Line line) { pool(slice, line); }
CKERNELS_AVX2 void pool_back_avx2(const Slice &slice, Line line) { pool_back(slice, line); }
void pool_back_portable(const Slice &slice, Line line) { pool_back(slice, line); }

}  // namespace
}  // namespace ckernels

using namespace ckernels;

int ckernels_max_pool(const ckernels_images *images, float *output, uint8_t *places,
                      const float *input) {
  return guarded([&] {
    check(images);
    const auto &size = images->size;
    const int64_t slice_length = size[1] * size[2] * 8;
    std::atomic<bool> complete{true};
    const auto kernel = uses_avx2() ? pool_avx2 : pool_portable;
    parallel(slices(*images), [&](int64_t index) {
      const Memory<float> numbers(size[2] * 8);
      const Memory<int32_t> rows(size[2] * 8);
      if (!numbers.data() || !rows.data()) {
        complete = false;
        return;
      }
      const int64_t depth = index % size[0], start = index * slice_length;
      kernel({*images, output + start, places ? places + start : nullptr, input + start - depth * slice_length, depth},
             {numbers.data(), rows.data()});
    });
    if (!complete) throw std::bad_alloc();
  });
}

int ckernels_max_pool_gradient(const ckernels_images *images, float *input_gradient,
                               const float *output_gradient, const uint8_t *places) {
  return guarded([&] {
    check(images);
    const auto &size = images->size;
    const int64_t slice_length = size[1] * size[2] * 8;
    const auto kernel = uses_avx2() ? pool_back_avx2 : pool_back_portable;
    parallel(slices(*images), [&](int64_t index) {
      const int64_t depth = index % size[0], start = index * slice_length;
      const int64_t plane = start - depth * slice_length;
      // The places are only read on the way back.
      kernel({*images, input_gradient + start, const_cast<uint8_t *>(places) + plane,
              output_gradient + plane, depth},
             {nullptr, nullptr});
    });
  });
}
