#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <zlib.h>

#include "CDeflate.h"

int64_t cdeflate_bound(int64_t count) {
  // What does not shrink is stored in blocks of at most 64 KiB, with a few bytes each.
  return count + count / 8192 + 1024;
}

cdeflate_status cdeflate_deflate(const void *bytes, int64_t count, int32_t is_last, void *packed,
                                 int64_t room, int64_t *found) {
  *found = 0;
  unsigned char *scratch = malloc(ISAL_DEF_LVL1_DEFAULT);
  if (scratch == NULL) return CDEFLATE_NO_MEMORY;
  struct isal_zstream stream;
  isal_deflate_init(&stream);
  stream.level = 1;
  stream.level_buf = scratch;
  stream.level_buf_size = ISAL_DEF_LVL1_DEFAULT;
  stream.gzip_flag = IGZIP_DEFLATE;
  stream.end_of_stream = is_last ? 1 : 0;
  stream.flush = is_last ? NO_FLUSH : SYNC_FLUSH;
  stream.next_in = (uint8_t *)bytes;
  stream.avail_in = (uint32_t)count;
  stream.next_out = packed;
  stream.avail_out = (uint32_t)room;
  const int result = isal_deflate(&stream);
  *found = (int64_t)stream.total_out;
  const int is_whole = result == COMP_OK && stream.avail_in == 0 && stream.avail_out > 0;
  free(scratch);
  return is_whole ? CDEFLATE_DONE : CDEFLATE_LONGER;
}

uint32_t cdeflate_checksum(const void *bytes, int64_t count) {
  return crc32_gzip_refl(0, bytes, (uint64_t)count);
}

uint32_t cdeflate_joined_checksum(uint32_t first, uint32_t second, int64_t count) {
  return (uint32_t)crc32_combine(first, second, (z_off_t)count);
}
