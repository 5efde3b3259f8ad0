// Normal noise, eight numbers at a time.
//
// Eight generators run side by side, each started at a place of its own by SplitMix64. The bits of
// one step give a pair of normal numbers per lane (G. Box, M. Muller, 1958), so a number costs half
// a logarithm, half a root and half a sine and cosine. Bound by arithmetic.
//
// Source of the generator: D. Blackman, S. Vigna, "Scrambled Linear Pseudorandom Number Generators",
// ACM Transactions on Mathematical Software 47(4), 2021: xoshiro128++.

#include "../elementary.hpp"
#include "../guard.hpp"
#include "../include/CKernelsAugmentation.h"

using namespace ckernels;

namespace {

typedef uint32_t words8 __attribute__((vector_size(32)));

/// Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
uint64_t split_mix(uint64_t &state) {
  state += 0x9E3779B97F4A7C15;
  uint64_t word = state;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
  return word ^ (word >> 31);
}

struct Generators {
  words8 state[4];

  explicit Generators(uint64_t seed) {
    uint32_t words[4][lanes];
    for (int64_t lane = 0; lane < lanes; ++lane) {
      for (int pair = 0; pair < 2; ++pair) {
        const uint64_t word = split_mix(seed);
        words[2 * pair][lane] = static_cast<uint32_t>(word);
        words[2 * pair + 1][lane] = static_cast<uint32_t>(word >> 32);
      }
    }
    std::memcpy(state, words, sizeof(state));
  }

  CKERNELS_INLINE void next(words8 &result) {
    const words8 sum = state[0] + state[3];
    result = ((sum << 7) | (sum >> 25)) + state[0];
    const words8 shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = (state[3] << 11) | (state[3] >> 21);
  }
};

/// Sine and cosine of an angle between -π/4 and π/4: Taylor series; the first term left out is 2e-9.
CKERNELS_INLINE void sine_and_cosine(float8 &sine, float8 &cosine, const float8 &angle) {
  const float8 square = angle * angle;
  float8 sum = square * (1.0F / 362880) - 1.0F / 5040;
  sum = sum * square + 1.0F / 120;
  sum = sum * square - 1.0F / 6;
  sine = sum * square * angle + angle;
  sum = square * (-1.0F / 3628800) + 1.0F / 40320;
  sum = sum * square - 1.0F / 720;
  sum = sum * square + 1.0F / 24;
  sum = sum * square - 0.5F;
  cosine = sum * square + 1.0F;
}

/// Sixteen independent normal numbers.
CKERNELS_INLINE void normal_pair(float8 &first, float8 &second, Generators &generators) {
  words8 bits;
  generators.next(bits);
  // The middle of one of 2^32 equal parts of 0...1: radii up to 6.7 occur.
  const float8 uniform = __builtin_convertvector(bits, float8) * 0x1p-32F + 0x1p-33F;
  float8 logarithm;
  binary_logarithm(logarithm, uniform);
  // -2 ln u; rounding can bring u to 1 and its logarithm a hair above 0.
  float8 square = logarithm * -1.38629436111989F;
  square = square > 0.0F ? square : float8{};
  const float8 radius = __builtin_elementwise_sqrt(square);
  // An angle within a quarter of the circle; three bits turn and mirror it into the others.
  generators.next(bits);
  const bits8 high = __builtin_convertvector(bits >> 8, bits8);
  const float8 angle =
      (__builtin_convertvector(high, float8) * 0x1p-24F - 0.5F) * 1.57079632679490F;
  float8 sine, cosine;
  sine_and_cosine(sine, cosine, angle);
  const bits8 turn = __builtin_convertvector(bits & 7, bits8);
  const float8 x = (turn & 1) != 0 ? sine : cosine;
  const float8 y = (turn & 1) != 0 ? cosine : sine;
  first = radius * ((turn & 2) != 0 ? -x : x);
  second = radius * ((turn & 4) != 0 ? -y : y);
}

CKERNELS_INLINE void add(float *values, int64_t count, float deviation, uint64_t seed) {
  Generators generators(seed);
  for (int64_t i = 0; i < count; i += 2 * lanes) {
    float8 noise[2];
    normal_pair(noise[0], noise[1], generators);
    for (int half = 0; half < 2; ++half) {
      float *target = values + i + half * lanes;
      const int64_t left = count - i - half * lanes;
      float8 value;
      if (left >= lanes) {
        load(value, target);
        store(target, value + noise[half] * deviation);
      } else if (left > 0) {
        load_some(value, target, left);
        store_some(target, value + noise[half] * deviation, left);
      }
    }
  }
}

CKERNELS_AVX2 void add_avx2(float *values, int64_t count, float deviation, uint64_t seed) {
  add(values, count, deviation, seed);
}

void add_portable(float *values, int64_t count, float deviation, uint64_t seed) {
  add(values, count, deviation, seed);
}

}  // namespace

int ckernels_add_noise(float *values, int64_t count, double deviation, uint64_t seed) {
  return guarded([&] {
    require(deviation >= 0, "a standard deviation is negative or not a number");
    (uses_avx2() ? add_avx2 : add_portable)(values, count, static_cast<float>(deviation), seed);
  });
}
