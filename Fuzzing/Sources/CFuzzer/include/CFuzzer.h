// CFuzzer: libFuzzer as a library.

#ifndef CHIASM_CFUZZER_H
#define CHIASM_CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with a command line of its own, calling `test` with one input after the other.
///
/// libFuzzer exports it under this name.
int LLVMFuzzerRunDriver(int *count, char ***words, int (*test)(const uint8_t *bytes, size_t size));

#endif
