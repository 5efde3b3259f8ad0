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

/// Takes the first `length` bytes of a file apart; their order is turned in place.
cnifti_status parse_header(raw_header *raw, size_t length, cnifti_header *header);

/// Fills in the header of a single file, which is all zeros before, and returns its bytes' count.
size_t fill_header(const cnifti_header *header, raw_header *raw);

#endif
