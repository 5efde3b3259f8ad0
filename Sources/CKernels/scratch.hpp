// Memory for the length of a call, which throws where there is none.

#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "memory.hpp"

namespace ckernels {

struct Freeing {
  void operator()(float *memory) const { std::free(memory); }
};

/// Floats that start on a cache line and hold anything; freed with the owner.
using Scratch = std::unique_ptr<float[], Freeing>;

inline Scratch scratch(int64_t count) {
  Scratch memory(static_cast<float *>(lines_of_memory(static_cast<size_t>(count) * sizeof(float))));
  if (!memory) throw std::bad_alloc();
  return memory;
}

/// The same, of zeros.
inline Scratch zeroed_scratch(int64_t count) {
  Scratch memory = scratch(count);
  std::memset(memory.get(), 0, static_cast<size_t>(count) * sizeof(float));
  return memory;
}

}  // namespace ckernels
