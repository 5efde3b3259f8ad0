// What the files of CNIfTI share; no part of its interface.

#ifndef CHIASM_CNIFTI_INTERNAL_H
#define CHIASM_CNIFTI_INTERNAL_H

#include <nifti/nifti2_io.h>
#include <stddef.h>

#include "CNIfTI.h"

/// The bytes at the start of a file, enough for either header.
typedef union {
  int32_t size;
  nifti_1_header first;
  nifti_2_header second;
} raw_header;

/// Remembers why a call fails, and returns `status`.
cnifti_status fail(cnifti_status status, const char *reason);

/// The same with what the system says of its last failure, or `otherwise` when it says nothing.
cnifti_status fail_as_system(cnifti_status status, const char *otherwise);

/// Takes the first `length` bytes of a file apart; their order is turned in place.
cnifti_status parse_header(raw_header *raw, size_t length, cnifti_header *header);

/// Fills in the header of a single file, which is all zeros before, and returns its bytes' count.
size_t fill_header(const cnifti_header *header, raw_header *raw);

/// Widens `count` numbers of type `datatype` to doubles.
void widen(const void *numbers, int32_t datatype, double *values, int64_t count);

#endif
