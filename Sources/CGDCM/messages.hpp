// What the decoders under GDCM say, kept instead of printed.

#pragma once

namespace cgdcm {

/// Forgets what was said on this thread.
void forget() noexcept;

/// Keeps the first thing that is said on this thread after `forget`.
void remember(const char *text) noexcept;

/// What was kept; empty when nothing was.
const char *remembered() noexcept;

/// Keeps GDCM's own streams from printing; the first call counts.
void silence();

}  // namespace cgdcm
