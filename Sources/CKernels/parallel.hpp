// One pool of threads for everything: libgomp's, which libtorch and oneDNN use as well.
//
// A second pool would fight with it over the cores. libgomp is called by its binary interface, which
// is what a compiler makes of `#pragma omp parallel`; so no compiler flag is needed.

#pragma once

#include <atomic>
#include <cstdint>

extern "C" {
void GOMP_parallel(void (*function)(void *), void *data, unsigned threads, unsigned flags);
int omp_get_max_threads(void);
void omp_set_num_threads(int count);
}

namespace ckernels {

/// How many threads `parallel` may use.
inline int64_t threads() noexcept { return omp_get_max_threads(); }

/// Calls `body(chunk, room)` for every chunk in 0..<chunks; idle threads take the next one. `room` is
/// below `threads()`, and no two threads have the same at the same time.
///
/// Which thread takes which chunk varies, so what a chunk computes must not depend on it: a chunk
/// writes numbers of its own, and sums over chunks are added up afterwards, in their order. How many
/// chunks there are must not depend on the number of threads either. `body` must not throw.
template <typename Body>
void parallel_in_rooms(int64_t chunks, const Body &body) {
  if (chunks <= 1 || threads() == 1) {
    for (int64_t chunk = 0; chunk < chunks; ++chunk) body(chunk, int64_t{0});
    return;
  }
  struct Work {
    const Body &body;
    const int64_t chunks;
    std::atomic<int64_t> next{0};
    std::atomic<int64_t> rooms{0};
  } work{body, chunks};
  const auto run = [](void *data) {
    Work &work = *static_cast<Work *>(data);
    const int64_t room = work.rooms.fetch_add(1);
    for (int64_t chunk; (chunk = work.next.fetch_add(1)) < work.chunks;) work.body(chunk, room);
  };
  GOMP_parallel(run, &work, 0, 0);
}

/// The same for chunks that need no room of their own.
template <typename Body>
void parallel(int64_t chunks, const Body &body) {
  parallel_in_rooms(chunks, [&body](int64_t chunk, int64_t) { body(chunk); });
}

/// The part of 0..<count that belongs to `chunk` of `chunks`: as even as can be, the first ones
/// one longer.
struct Part {
  int64_t start;
  int64_t end;

  Part(int64_t count, int64_t chunks, int64_t chunk) {
    const int64_t length = count / chunks;
    const int64_t longer = count % chunks;
    start = chunk * length + (chunk < longer ? chunk : longer);
    end = start + length + (chunk < longer ? 1 : 0);
  }
};

}  // namespace ckernels
