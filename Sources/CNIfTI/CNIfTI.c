#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

// MARK: Reading

/// Reads up to `count` bytes, and returns how many there were or -1.
static int64_t read_bytes(znzFile file, void *bytes, int64_t count) {
  // With members of one byte, znzread has nothing to warn of and its result is exact.
  const size_t found = znzread(bytes, 1, (size_t)count, file);
  return found > (size_t)count ? -1 : (int64_t)found;
}

/// Opens a file for reading; a file that is not compressed is read as it is.
static znzFile open_to_read(const char *path) {
  nifti_set_debug_level(0);
  errno = 0;
  return znzopen(path, "rb", 1);
}

cnifti_status cnifti_read_header(const char *path, cnifti_header *header) {
  znzFile file = open_to_read(path);
  if (znz_isnull(file)) return fail_as_system(CNIFTI_UNREADABLE, "it cannot be opened");
  raw_header raw;
  memset(&raw, 0, sizeof raw);
  const int64_t found = read_bytes(file, &raw, sizeof raw);
  cnifti_status status;
  if (found < 0)
    status = fail_as_system(CNIFTI_UNREADABLE, "its compressed data are damaged");
  else
    status = parse_header(&raw, (size_t)found, header);
  znzclose(file);
  return status;
}

enum { block_bytes = 1 << 16 };

struct cnifti_reader {
  znzFile file;
  _Alignas(16) unsigned char block[block_bytes];
};

cnifti_status cnifti_open(const char *path, int64_t offset, cnifti_reader **reader,
                          int64_t *found) {
  *reader = NULL;
  *found = 0;
  cnifti_reader *opened = malloc(sizeof *opened);
  if (opened == NULL) return fail(CNIFTI_UNREADABLE, "there is no memory left");
  opened->file = open_to_read(path);
  if (znz_isnull(opened->file)) {
    free(opened);
    return fail_as_system(CNIFTI_UNREADABLE, "it cannot be opened");
  }
  *reader = opened;
  // Reading, where seeking would do, tells how far a file that ends too early goes.
  while (*found < offset) {
    const int64_t wanted = offset - *found < block_bytes ? offset - *found : block_bytes;
    const int64_t got = read_bytes(opened->file, opened->block, wanted);
    if (got < 0) return fail_as_system(CNIFTI_UNREADABLE, "its compressed data are damaged");
    if (got == 0) break;
    *found += got;
  }
  return CNIFTI_DONE;
}

cnifti_status cnifti_read(cnifti_reader *reader, int32_t datatype, int32_t is_swapped,
                          double *values, int64_t count, int64_t *found) {
  *found = 0;
  const int32_t width = cnifti_bytes_per_number(datatype);
  if (width == 0) return fail(CNIFTI_UNREADABLE, "its type is not one that is read");
  while (*found < count) {
    int64_t wanted = block_bytes / width;
    if (count - *found < wanted) wanted = count - *found;
    errno = 0;
    const int64_t bytes = read_bytes(reader->file, reader->block, wanted * width);
    if (bytes < 0) return fail_as_system(CNIFTI_UNREADABLE, "its compressed data are damaged");
    const int64_t got = bytes / width;
    if (is_swapped && width > 1) nifti_swap_Nbytes(got, width, reader->block);
    widen(reader->block, datatype, values + *found, got);
    *found += got;
    if (got < wanted) break;
  }
  return CNIFTI_DONE;
}

cnifti_status cnifti_check_end(cnifti_reader *reader) {
  errno = 0;
  const int64_t got = read_bytes(reader->file, reader->block, block_bytes);
  if (got < 0) return fail_as_system(CNIFTI_UNREADABLE, "its compressed data are damaged");
  if (got == block_bytes) return CNIFTI_DONE;
  // Only closing tells that a compressed stream stopped before its checksum.
  const int is_sound = znzclose(reader->file) == 0;
  return is_sound ? CNIFTI_DONE : fail(CNIFTI_UNREADABLE, "its compressed data end too early");
}

void cnifti_close(cnifti_reader *reader) {
  if (reader == NULL) return;
  if (!znz_isnull(reader->file)) znzclose(reader->file);
  free(reader);
}

// MARK: Writing

static int write_bytes(znzFile file, const void *bytes, size_t count) {
  return count == 0 || znzwrite(bytes, 1, count, file) == count;
}

cnifti_status cnifti_write(const char *path, const cnifti_header *header, const void *voxels,
                           int64_t byte_count, int32_t is_compressed) {
  nifti_set_debug_level(0);
  raw_header raw;
  memset(&raw, 0, sizeof raw);
  const size_t header_bytes = fill_header(header, &raw);
  // Four zeros after the header say that there is no extension.
  const char no_extension[4] = {0, 0, 0, 0};

  errno = 0;
  // Level 4 is several times as fast as the default and costs a few per cent in size.
  znzFile file = znzopen(path, is_compressed ? "wb4" : "wb", is_compressed);
  if (znz_isnull(file)) return fail_as_system(CNIFTI_UNWRITTEN, "it cannot be created");
  const int is_whole = write_bytes(file, &raw, header_bytes) &&
                       write_bytes(file, no_extension, sizeof no_extension) &&
                       write_bytes(file, voxels, (size_t)byte_count);
  const int error = errno;
  const int is_closed = znzclose(file) == 0;
  if (is_whole && is_closed) return CNIFTI_DONE;
  if (!is_whole) errno = error;
  return fail_as_system(CNIFTI_UNWRITTEN, "not all of it could be written");
}

// MARK: Orientation

void cnifti_quaternion(const double srow[12], double quaternion[3], double *qfac) {
  nifti_dmat44 matrix;
  memset(&matrix, 0, sizeof matrix);
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 4; ++column) matrix.m[row][column] = srow[4 * row + column];
  matrix.m[3][3] = 1;
  nifti_dmat44_to_quatern(matrix, &quaternion[0], &quaternion[1], &quaternion[2], NULL, NULL, NULL,
                          NULL, NULL, NULL, qfac);
}
