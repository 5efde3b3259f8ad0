// CDeflate: the one door between Swift and the libraries that compress.
//
// libdeflate inflates what fits in memory at once, zlib what is read piece by piece; ISA-L deflates
// and makes gzip's checksums. Functions that can fail return a status; nothing here prints.

#ifndef CHIASM_CDEFLATE_H
#define CHIASM_CDEFLATE_H

#include <stdint.h>

/// What came of a call.
typedef enum {
  CDEFLATE_DONE = 0,
  CDEFLATE_UNREADABLE = 1,  ///< The system refused; `errno` says why.
  CDEFLATE_DAMAGED = 2,     ///< The compressed data are not what was compressed.
  CDEFLATE_LONGER = 3,      ///< There is more than the room that was given.
  CDEFLATE_NO_MEMORY = 4,
} cdeflate_status;

/// How bytes are packed in a file.
typedef enum {
  CDEFLATE_PLAIN = 0,
  CDEFLATE_GZIP_OR_PLAIN = 1,  ///< gzip when it begins as gzip does.
  CDEFLATE_GZIP_OR_ZLIB = 2,   ///< gzip when it begins as gzip does, and else zlib's container.
  CDEFLATE_BARE = 3,           ///< Deflate without a container, as in DICOM; at once only.
} cdeflate_packing;

// MARK: At once

/// Inflates `count` bytes, all members of a gzip stream, into `room` bytes; `found` becomes how many
/// came out.
///
/// What follows the last member is passed over, as gzip does. Not for `CDEFLATE_PLAIN`.
cdeflate_status cdeflate_inflate(const void *packed, int64_t count, cdeflate_packing packing,
                                 void *bytes, int64_t room, int64_t *found);

// MARK: Piece by piece

/// An open file. The caller owns it; give it back with `cdeflate_close`.
typedef struct cdeflate_stream cdeflate_stream;

/// Opens the file at `path`, whose packed bytes begin at byte `start`.
cdeflate_status cdeflate_open(const char *path, int64_t start, cdeflate_packing packing,
                              cdeflate_stream **stream);

/// Reads `count` bytes, or as many as there are; `found` becomes how many, whatever the status.
///
/// With no room (`bytes` is NULL) the bytes are passed over.
cdeflate_status cdeflate_read(cdeflate_stream *stream, void *bytes, int64_t count, int64_t *found);

/// Whether the file ended inside the compressed data.
int32_t cdeflate_is_cut(const cdeflate_stream *stream);

/// Closes the file; NULL is allowed.
void cdeflate_close(cdeflate_stream *stream);

// MARK: Deflating

/// The room that `cdeflate_deflate` may need for `count` bytes.
int64_t cdeflate_bound(int64_t count);

/// Deflates one piece of a stream, without regard to the pieces before it; the piece ends on a whole
/// byte, so that pieces made side by side can be put one after the other.
cdeflate_status cdeflate_deflate(const void *bytes, int64_t count, int32_t is_last, void *packed,
                                 int64_t room, int64_t *found);

/// gzip's checksum (CRC-32) of some bytes.
uint32_t cdeflate_checksum(const void *bytes, int64_t count);

/// The checksum of two pieces in a row; the second has `count` bytes.
uint32_t cdeflate_joined_checksum(uint32_t first, uint32_t second, int64_t count);

#endif
