// Memory that begins at a cache line: what every kind of it takes, and that for one chunk of work.

#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace ckernels {

/// Whole lines of the cache for so many bytes, which hold anything; null where there is no memory. For
/// `std::free`.
inline void *lines_of_memory(size_t bytes) noexcept {
  return std::aligned_alloc(64, (bytes + 63) / 64 * 64);
}

/// Numbers that begin at a cache line and are zero at first. Where there is no memory, `data` is
/// null and nothing is thrown: chunks of work must not throw.
template <typename Number>
class Memory {
 public:
  explicit Memory(int64_t count) {
    // A line more, so that there is memory for no numbers, too.
    const size_t bytes = static_cast<size_t>(count) * sizeof(Number) + 64;
    data_ = static_cast<Number *>(lines_of_memory(bytes));
    if (data_) std::memset(data_, 0, bytes);
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
