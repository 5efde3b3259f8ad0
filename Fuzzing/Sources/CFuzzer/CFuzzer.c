#include "CFuzzer.h"

/// The linker brings in libFuzzer's own `main` with the library, and that asks for this; the program's
/// `main` is another, and gives its test to `LLVMFuzzerRunDriver`.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  (void)bytes;
  (void)size;
  return 0;
}
