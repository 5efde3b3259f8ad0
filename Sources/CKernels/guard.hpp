// What keeps exceptions inside: every function of the C headers runs its body through `guarded`.

#pragma once

#include <exception>
#include <stdexcept>
#include <string>

namespace ckernels {

/// Keeps `message` for `ckernels_last_error`, on this thread.
void remember(const char *message) noexcept;

/// Runs `body` and turns anything it throws into a status and a remembered message.
template <typename Body>
int guarded(Body body) noexcept {
  try {
    body();
    return 0;
  } catch (const std::exception &error) {
    remember(error.what());
  } catch (...) {
    remember("a kernel threw something that is not a std::exception");
  }
  return 1;
}

/// Throws `message` unless `condition` holds.
inline void require(bool condition, const char *message) {
  if (!condition) throw std::invalid_argument(message);
}

}  // namespace ckernels
