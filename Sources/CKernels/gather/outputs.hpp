// The outputs that a gather accumulates in registers: blocks of channels, by neighbours along the width.

#pragma once

#include "../processor.hpp"

namespace ckernels {

/// `Count` blocks of outputs as a vector each, with so many registers.
template <int Count, int Registers = 16>
struct Single {
  using Vector = float8;
  static constexpr int blocks = Count, vectors = Count, longest = 12 / Count;
  static constexpr int registers = Registers / Count;

  static CKERNELS_INLINE void read(Vector &vector, const float *const *places, int index,
                                   int64_t offset) {
    load(vector, places[index] + offset);
  }

  static CKERNELS_INLINE void write(float *const *places, int index, int64_t offset,
                                    const Vector &vector) {
    store(places[index] + offset, vector);
  }
};

/// Two blocks of outputs as one vector.
struct Paired {
  using Vector = float16;
  static constexpr int blocks = 2, vectors = 1, longest = 14;
  static constexpr int registers = 32;

  static CKERNELS_INLINE void read(Vector &vector, const float *const *places, int,
                                   int64_t offset) {
    load(vector, places[0] + offset, places[1] + offset);
  }

  static CKERNELS_INLINE void write(float *const *places, int, int64_t offset,
                                    const Vector &vector) {
    store(places[0] + offset, places[1] + offset, vector);
  }
};

/// The sums of `Voxels` neighbours.
template <typename Outputs, int Voxels>
using Sums = typename Outputs::Vector[Outputs::vectors][Voxels];

}  // namespace ckernels
