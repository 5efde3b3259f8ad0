#include <libdeflate.h>
#include <stddef.h>

#include "CDeflate.h"

static int begins_as_gzip(const unsigned char *bytes, size_t count) {
  return count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

static cdeflate_status status_of(enum libdeflate_result result) {
  switch (result) {
    case LIBDEFLATE_SUCCESS: return CDEFLATE_DONE;
    case LIBDEFLATE_INSUFFICIENT_SPACE: return CDEFLATE_LONGER;
    default: return CDEFLATE_DAMAGED;
  }
}

cdeflate_status cdeflate_inflate(const void *packed, int64_t count, cdeflate_packing packing,
                                 void *bytes, int64_t room, int64_t *found) {
  *found = 0;
  struct libdeflate_decompressor *engine = libdeflate_alloc_decompressor();
  if (engine == NULL) return CDEFLATE_NO_MEMORY;
  const unsigned char *input = packed;
  unsigned char *output = bytes;
  size_t rest = (size_t)count;
  size_t free_room = (size_t)room;
  size_t used = 0;
  size_t made = 0;
  cdeflate_status status;
  if (packing == CDEFLATE_BARE) {
    status = status_of(
        libdeflate_deflate_decompress_ex(engine, input, rest, output, free_room, &used, &made));
    if (status == CDEFLATE_DONE) *found = (int64_t)made;
  } else if (packing == CDEFLATE_GZIP_OR_ZLIB && !begins_as_gzip(input, rest)) {
    status = status_of(
        libdeflate_zlib_decompress_ex(engine, input, rest, output, free_room, &used, &made));
    if (status == CDEFLATE_DONE) *found = (int64_t)made;
  } else {
    do {
      status = status_of(
          libdeflate_gzip_decompress_ex(engine, input, rest, output, free_room, &used, &made));
      if (status != CDEFLATE_DONE) break;
      *found += (int64_t)made;
      input += used;
      rest -= used;
      output += made;
      free_room -= made;
    } while (begins_as_gzip(input, rest));
  }
  libdeflate_free_decompressor(engine);
  return status;
}
