// Scratch memory for one chunk of work.

#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace ckernels {

/// Numbers that begin at a cache line and are zero at first. Where there is no memory, `data` is
/// null and nothing is thrown: chunks of work must not throw.
template <typename Number>
class Memory {
 public:
  explicit Memory(int64_t count) {
    const size_t lines = (static_cast<size_t>(count) * sizeof(Number) + 63) / 64;
    data_ = static_cast<Number *>(std::aligned_alloc(64, (lines + 1) * 64));
    if (data_) std::memset(data_, 0, (lines + 1) * 64);
  }
  ~Memory() { std::free(data_); }
  Memory(const Memory &) = delete;
  Memory &operator=(const Memory &) = delete;

  Number *data() const { return data_; }
  Number &operator[](int64_t index) const { return data_[index]; }

 private:
  Number *data_;
};

}  // namespace ckernels
