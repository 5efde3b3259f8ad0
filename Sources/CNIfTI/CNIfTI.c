#include "CNIfTI.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nifti/nifti2_io.h>

// MARK: Messages

static _Thread_local char message[256];

static cnifti_status fail(cnifti_status status, const char *reason) {
  snprintf(message, sizeof message, "%s", reason);
  return status;
}

/// What the system says of its last failure, or `otherwise` when it says nothing.
static cnifti_status fail_as_system(cnifti_status status, const char *otherwise) {
  return fail(status, errno != 0 ? strerror(errno) : otherwise);
}

const char *cnifti_last_error(void) { return message; }

// MARK: Types

int32_t cnifti_bytes_per_number(int32_t datatype) {
  switch (datatype) {
    case DT_UINT8:
    case DT_INT8:
      return 1;
    case DT_INT16:
    case DT_UINT16:
      return 2;
    case DT_INT32:
    case DT_UINT32:
    case DT_FLOAT32:
      return 4;
    case DT_INT64:
    case DT_UINT64:
    case DT_FLOAT64:
      return 8;
    default:
      return 0;
  }
}

const char *cnifti_type_name(int32_t datatype) {
  static _Thread_local char name[32];
  switch (datatype) {
    case DT_UINT8: return "uint8";
    case DT_INT8: return "int8";
    case DT_INT16: return "int16";
    case DT_UINT16: return "uint16";
    case DT_INT32: return "int32";
    case DT_UINT32: return "uint32";
    case DT_INT64: return "int64";
    case DT_UINT64: return "uint64";
    case DT_FLOAT32: return "float32";
    case DT_FLOAT64: return "float64";
    case DT_FLOAT128: return "float128";
    case DT_COMPLEX64: return "complex64";
    case DT_COMPLEX128: return "complex128";
    case DT_COMPLEX256: return "complex256";
    case DT_RGB24: return "RGB24";
    case DT_RGBA32: return "RGBA32";
    case DT_BINARY: return "binary";
    default:
      snprintf(name, sizeof name, "unknown type %d", datatype);
      return name;
  }
}

#define WIDEN(type)                                                     \
  do {                                                                  \
    const type *source = (const type *)numbers;                         \
    for (int64_t i = 0; i < count; ++i) values[i] = (double)source[i];  \
  } while (0)

/// Widens `count` numbers of type `datatype` to doubles.
static void widen(const void *numbers, int32_t datatype, double *values, int64_t count) {
  switch (datatype) {
    case DT_UINT8: WIDEN(uint8_t); break;
    case DT_INT8: WIDEN(int8_t); break;
    case DT_INT16: WIDEN(int16_t); break;
    case DT_UINT16: WIDEN(uint16_t); break;
    case DT_INT32: WIDEN(int32_t); break;
    case DT_UINT32: WIDEN(uint32_t); break;
    case DT_INT64: WIDEN(int64_t); break;
    case DT_UINT64: WIDEN(uint64_t); break;
    case DT_FLOAT32: WIDEN(float); break;
    case DT_FLOAT64: WIDEN(double); break;
    default: break;
  }
}

// MARK: Headers

static void take_header_1(const nifti_1_header *raw, cnifti_header *header) {
  header->version = 1;
  header->is_pair = raw->magic[1] == 'i';
  header->datatype = raw->datatype;
  for (int i = 0; i < 8; ++i) {
    header->dim[i] = raw->dim[i];
    header->pixdim[i] = raw->pixdim[i];
  }
  header->vox_offset = raw->vox_offset;
  header->scl_slope = raw->scl_slope;
  header->scl_inter = raw->scl_inter;
  header->qform_code = raw->qform_code;
  header->sform_code = raw->sform_code;
  const float quaternion[3] = {raw->quatern_b, raw->quatern_c, raw->quatern_d};
  const float offset[3] = {raw->qoffset_x, raw->qoffset_y, raw->qoffset_z};
  for (int i = 0; i < 3; ++i) {
    header->quaternion[i] = quaternion[i];
    header->qoffset[i] = offset[i];
  }
  for (int i = 0; i < 4; ++i) {
    header->srow[i] = raw->srow_x[i];
    header->srow[4 + i] = raw->srow_y[i];
    header->srow[8 + i] = raw->srow_z[i];
  }
  header->xyzt_units = (uint8_t)raw->xyzt_units;
}

static void take_header_2(const nifti_2_header *raw, cnifti_header *header) {
  header->version = 2;
  header->is_pair = raw->magic[1] == 'i';
  header->datatype = raw->datatype;
  memcpy(header->dim, raw->dim, sizeof header->dim);
  memcpy(header->pixdim, raw->pixdim, sizeof header->pixdim);
  header->vox_offset = (double)raw->vox_offset;
  header->scl_slope = raw->scl_slope;
  header->scl_inter = raw->scl_inter;
  header->qform_code = raw->qform_code;
  header->sform_code = raw->sform_code;
  const double quaternion[3] = {raw->quatern_b, raw->quatern_c, raw->quatern_d};
  const double offset[3] = {raw->qoffset_x, raw->qoffset_y, raw->qoffset_z};
  memcpy(header->quaternion, quaternion, sizeof quaternion);
  memcpy(header->qoffset, offset, sizeof offset);
  memcpy(header->srow, raw->srow_x, 4 * sizeof(double));
  memcpy(header->srow + 4, raw->srow_y, 4 * sizeof(double));
  memcpy(header->srow + 8, raw->srow_z, 4 * sizeof(double));
  header->xyzt_units = raw->xyzt_units;
}

/// The bytes at the start of a file, enough for either header.
typedef union {
  int32_t size;
  nifti_1_header first;
  nifti_2_header second;
} raw_header;

static cnifti_status parse_header(raw_header *raw, size_t length, cnifti_header *header) {
  memset(header, 0, sizeof *header);
  if (length < sizeof raw->size) return fail(CNIFTI_FOREIGN, "the file is too short");
  int32_t size = raw->size;
  int32_t swapped = size;
  nifti_swap_4bytes(1, &swapped);
  const int is_swapped = swapped == 348 || swapped == 540;
  if (is_swapped) size = swapped;

  if (size == 348) {
    if (length < sizeof raw->first) return fail(CNIFTI_TRUNCATED, "it ends inside its header");
    const char *magic = raw->first.magic;
    if (memcmp(magic, "n+1", 4) != 0 && memcmp(magic, "ni1", 4) != 0)
      return fail(CNIFTI_ANALYZE, "the magic of NIfTI is missing");
    if (is_swapped) nifti_swap_as_nifti1(&raw->first);
    take_header_1(&raw->first, header);
  } else if (size == 540) {
    if (length < sizeof raw->second) return fail(CNIFTI_TRUNCATED, "it ends inside its header");
    const char *magic = raw->second.magic;
    if (memcmp(magic, "n+2\0\r\n\032\n", 8) != 0 && memcmp(magic, "ni2\0\r\n\032\n", 8) != 0)
      return fail(CNIFTI_FOREIGN, "the magic of NIfTI-2 is missing");
    if (is_swapped) nifti_swap_as_nifti2(&raw->second);
    take_header_2(&raw->second, header);
  } else {
    return fail(CNIFTI_FOREIGN, "the file does not begin as NIfTI");
  }
  header->is_swapped = is_swapped;
  return CNIFTI_DONE;
}

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

// MARK: Reading voxels

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

static void fill_header_1(const cnifti_header *header, nifti_1_header *raw) {
  raw->sizeof_hdr = sizeof *raw;
  raw->regular = 'r';
  for (int i = 0; i < 8; ++i) {
    raw->dim[i] = (short)header->dim[i];
    raw->pixdim[i] = (float)header->pixdim[i];
  }
  raw->datatype = (short)header->datatype;
  raw->bitpix = (short)(8 * cnifti_bytes_per_number(header->datatype));
  raw->vox_offset = 352;
  raw->scl_slope = (float)header->scl_slope;
  raw->scl_inter = (float)header->scl_inter;
  raw->xyzt_units = (char)header->xyzt_units;
  raw->qform_code = (short)header->qform_code;
  raw->sform_code = (short)header->sform_code;
  raw->quatern_b = (float)header->quaternion[0];
  raw->quatern_c = (float)header->quaternion[1];
  raw->quatern_d = (float)header->quaternion[2];
  raw->qoffset_x = (float)header->qoffset[0];
  raw->qoffset_y = (float)header->qoffset[1];
  raw->qoffset_z = (float)header->qoffset[2];
  for (int i = 0; i < 4; ++i) {
    raw->srow_x[i] = (float)header->srow[i];
    raw->srow_y[i] = (float)header->srow[4 + i];
    raw->srow_z[i] = (float)header->srow[8 + i];
  }
  memcpy(raw->magic, "n+1", 4);
}

static void fill_header_2(const cnifti_header *header, nifti_2_header *raw) {
  raw->sizeof_hdr = sizeof *raw;
  memcpy(raw->magic, "n+2\0\r\n\032\n", 8);
  raw->datatype = (int16_t)header->datatype;
  raw->bitpix = (int16_t)(8 * cnifti_bytes_per_number(header->datatype));
  memcpy(raw->dim, header->dim, sizeof raw->dim);
  memcpy(raw->pixdim, header->pixdim, sizeof raw->pixdim);
  raw->vox_offset = 544;
  raw->scl_slope = header->scl_slope;
  raw->scl_inter = header->scl_inter;
  raw->qform_code = header->qform_code;
  raw->sform_code = header->sform_code;
  raw->quatern_b = header->quaternion[0];
  raw->quatern_c = header->quaternion[1];
  raw->quatern_d = header->quaternion[2];
  raw->qoffset_x = header->qoffset[0];
  raw->qoffset_y = header->qoffset[1];
  raw->qoffset_z = header->qoffset[2];
  memcpy(raw->srow_x, header->srow, 4 * sizeof(double));
  memcpy(raw->srow_y, header->srow + 4, 4 * sizeof(double));
  memcpy(raw->srow_z, header->srow + 8, 4 * sizeof(double));
  raw->xyzt_units = header->xyzt_units;
}

static int write_bytes(znzFile file, const void *bytes, size_t count) {
  return count == 0 || znzwrite(bytes, 1, count, file) == count;
}

cnifti_status cnifti_write(const char *path, const cnifti_header *header, const void *voxels,
                           int64_t byte_count, int32_t is_compressed) {
  nifti_set_debug_level(0);
  raw_header raw;
  memset(&raw, 0, sizeof raw);
  const size_t header_bytes = header->version == 2 ? sizeof raw.second : sizeof raw.first;
  if (header->version == 2)
    fill_header_2(header, &raw.second);
  else
    fill_header_1(header, &raw.first);
  // Four zeros after the header say that there is no extension.
  const char no_extension[4] = {0, 0, 0, 0};

  errno = 0;
  // Level 4 is three times as fast as the default and costs a few per cent in size.
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
