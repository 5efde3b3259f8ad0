#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "CDeflate.h"

enum { block_bytes = 1 << 16 };

struct cdeflate_stream {
  int file;
  int is_packed;
  int is_gzip;
  int has_ended;  ///< After the last member, or at the end of a plain file.
  int is_cut;
  z_stream engine;
  unsigned char input[block_bytes];
  unsigned char waste[block_bytes];
};

/// Reads up to `count` bytes of the file, and returns how many there were or -1.
static int64_t read_file(const cdeflate_stream *stream, void *bytes, int64_t count) {
  int64_t total = 0;
  while (total < count) {
    const ssize_t got = read(stream->file, (char *)bytes + total, (size_t)(count - total));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    total += got;
  }
  return total;
}

/// Fetches packed bytes behind those that are left. Returns 0 when the system refuses.
static int refill(cdeflate_stream *stream) {
  z_stream *engine = &stream->engine;
  memmove(stream->input, engine->next_in, engine->avail_in);
  engine->next_in = stream->input;
  const int64_t got = read_file(stream, stream->input + engine->avail_in,
                                block_bytes - (int64_t)engine->avail_in);
  if (got < 0) return 0;
  engine->avail_in += (uInt)got;
  return 1;
}

static int begins_as_gzip(const z_stream *engine) {
  return engine->avail_in >= 2 && engine->next_in[0] == 0x1F && engine->next_in[1] == 0x8B;
}

static cdeflate_status begin(cdeflate_stream *stream, cdeflate_packing packing) {
  if (packing == CDEFLATE_PLAIN) return CDEFLATE_DONE;
  stream->engine.next_in = stream->input;
  if (!refill(stream)) return CDEFLATE_UNREADABLE;
  stream->is_gzip = begins_as_gzip(&stream->engine);
  if (packing == CDEFLATE_GZIP_OR_PLAIN && !stream->is_gzip) return CDEFLATE_DONE;
  if (inflateInit2(&stream->engine, stream->is_gzip ? 31 : 15) != Z_OK) return CDEFLATE_NO_MEMORY;
  stream->is_packed = 1;
  return CDEFLATE_DONE;
}

cdeflate_status cdeflate_open(const char *path, int64_t start, cdeflate_packing packing,
                              cdeflate_stream **stream) {
  *stream = NULL;
  cdeflate_stream *opened = calloc(1, sizeof *opened);
  if (opened == NULL) return CDEFLATE_NO_MEMORY;
  opened->file = open(path, O_RDONLY | O_CLOEXEC);
  cdeflate_status status = CDEFLATE_UNREADABLE;
  if (opened->file >= 0 && lseek(opened->file, start, SEEK_SET) >= 0)
    status = begin(opened, packing);
  if (status == CDEFLATE_DONE) {
    *stream = opened;
  } else {
    const int error = errno;
    cdeflate_close(opened);
    errno = error;
  }
  return status;
}

void cdeflate_close(cdeflate_stream *stream) {
  if (stream == NULL) return;
  if (stream->is_packed) inflateEnd(&stream->engine);
  if (stream->file >= 0) close(stream->file);
  free(stream);
}

int32_t cdeflate_is_cut(const cdeflate_stream *stream) { return stream->is_cut; }

/// Reads bytes that are not packed: first those that were fetched to look at.
static cdeflate_status read_plain(cdeflate_stream *stream, unsigned char *bytes, int64_t count,
                                  int64_t *found) {
  z_stream *engine = &stream->engine;
  const int64_t held = engine->avail_in < count ? engine->avail_in : count;
  memcpy(bytes, engine->next_in, (size_t)held);
  engine->next_in += held;
  engine->avail_in -= (uInt)held;
  *found = held;
  const int64_t got = read_file(stream, bytes + held, count - held);
  if (got < 0) return CDEFLATE_UNREADABLE;
  *found += got;
  return CDEFLATE_DONE;
}

/// After a member: whether another follows. What else follows is passed over.
static cdeflate_status next_member(cdeflate_stream *stream) {
  if (stream->engine.avail_in < 2 && !refill(stream)) return CDEFLATE_UNREADABLE;
  if (stream->is_gzip && begins_as_gzip(&stream->engine))
    return inflateReset(&stream->engine) == Z_OK ? CDEFLATE_DONE : CDEFLATE_DAMAGED;
  stream->has_ended = 1;
  return CDEFLATE_DONE;
}

static cdeflate_status read_packed(cdeflate_stream *stream, unsigned char *bytes, int64_t count,
                                   int64_t *found) {
  z_stream *engine = &stream->engine;
  while (*found < count && !stream->has_ended) {
    if (engine->avail_in == 0) {
      if (!refill(stream)) return CDEFLATE_UNREADABLE;
      if (engine->avail_in == 0) {
        stream->has_ended = stream->is_cut = 1;
        break;
      }
    }
    const int64_t wanted = count - *found < 1 << 30 ? count - *found : 1 << 30;
    engine->next_out = bytes + *found;
    engine->avail_out = (uInt)wanted;
    const int result = inflate(engine, Z_NO_FLUSH);
    *found += wanted - (int64_t)engine->avail_out;
    if (result == Z_STREAM_END) {
      const cdeflate_status status = next_member(stream);
      if (status != CDEFLATE_DONE) return status;
    } else if (result == Z_MEM_ERROR) {
      return CDEFLATE_NO_MEMORY;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      return CDEFLATE_DAMAGED;
    }
  }
  return CDEFLATE_DONE;
}

static cdeflate_status read_some(cdeflate_stream *stream, unsigned char *bytes, int64_t count,
                                 int64_t *found) {
  *found = 0;
  return stream->is_packed ? read_packed(stream, bytes, count, found)
                           : read_plain(stream, bytes, count, found);
}

cdeflate_status cdeflate_read(cdeflate_stream *stream, void *bytes, int64_t count,
                              int64_t *found) {
  if (bytes != NULL) return read_some(stream, bytes, count, found);
  *found = 0;
  while (*found < count) {
    const int64_t wanted = count - *found < block_bytes ? count - *found : block_bytes;
    int64_t got = 0;
    const cdeflate_status status = read_some(stream, stream->waste, wanted, &got);
    *found += got;
    if (status != CDEFLATE_DONE || got < wanted) return status;
  }
  return CDEFLATE_DONE;
}
