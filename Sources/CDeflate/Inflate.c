#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>
#include <stddef.h>
#include <stdlib.h>

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

/// How many bytes the header of a gzip member has.
static cdeflate_status measure_header(const unsigned char *input, size_t count, size_t *length) {
  struct inflate_state *state = malloc(sizeof *state);
  if (state == NULL) return CDEFLATE_NO_MEMORY;
  struct isal_gzip_header header;
  isal_gzip_header_init(&header);
  isal_inflate_init(state);
  state->next_in = (uint8_t *)input;
  state->avail_in = count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
  const int result = isal_read_gzip_header(state, &header);
  *length = (size_t)(state->next_in - input);
  free(state);
  return result == ISAL_DECOMP_OK ? CDEFLATE_DONE : CDEFLATE_DAMAGED;
}

static uint32_t little_endian(const unsigned char *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
         (uint32_t)bytes[3] << 24;
}

/// One member of gzip. libdeflate alone would take thrice as long for its checksum as ISA-L.
static cdeflate_status inflate_member(struct libdeflate_decompressor *engine,
                                      const unsigned char *input, size_t count,
                                      unsigned char *output, size_t room, size_t *used,
                                      size_t *made) {
  size_t header;
  cdeflate_status status = measure_header(input, count, &header);
  if (status != CDEFLATE_DONE) return status;
  status = status_of(libdeflate_deflate_decompress_ex(engine, input + header, count - header,
                                                      output, room, used, made));
  if (status != CDEFLATE_DONE) return status;
  *used += header;
  if (count - *used < 8) return CDEFLATE_DAMAGED;
  const unsigned char *trailer = input + *used;
  *used += 8;
  const int is_sound = little_endian(trailer) == crc32_gzip_refl(0, output, *made) &&
                       little_endian(trailer + 4) == (uint32_t)*made;
  return is_sound ? CDEFLATE_DONE : CDEFLATE_DAMAGED;
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
      status = inflate_member(engine, input, rest, output, free_room, &used, &made);
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
