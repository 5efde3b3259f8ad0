// CNIfTI: the one door between Swift and libnifti.
//
// Headers, byte orders, types and compressed streams are libnifti's; nothing here prints. Functions
// that can fail return a status, and `cnifti_last_error` says why, on the calling thread.

#ifndef CHIASM_CNIFTI_H
#define CHIASM_CNIFTI_H

#include <stdint.h>

/// What came of a call.
typedef enum {
  CNIFTI_DONE = 0,
  CNIFTI_UNREADABLE = 1,  ///< The system or the decompressor refused; see the message.
  CNIFTI_TRUNCATED = 2,   ///< The file ends inside its header.
  CNIFTI_FOREIGN = 3,     ///< The file does not begin as a NIfTI or Analyze header does.
  CNIFTI_ANALYZE = 4,     ///< An Analyze 7.5 header: NIfTI's size without its magic.
  CNIFTI_UNWRITTEN = 5,   ///< Not all bytes could be written; see the message.
} cnifti_status;

/// The fields of a NIfTI-1 or NIfTI-2 header that Chiasm uses, in the order of bytes of this
/// machine and otherwise as they are in the file.
typedef struct {
  int32_t version;      ///< 1 or 2.
  int32_t is_swapped;   ///< 1 when the file has the other order of bytes.
  int32_t is_pair;      ///< 1 when the voxels are in an .img file.
  int32_t datatype;     ///< A code of NIfTI.
  int64_t dim[8];       ///< The number of axes, then their lengths.
  double pixdim[8];     ///< qfac, then the lengths of a voxel.
  double vox_offset;    ///< Where the voxels begin, in bytes.
  double scl_slope;
  double scl_inter;
  int32_t qform_code;
  int32_t sform_code;
  double quaternion[3];  ///< b, c, d.
  double qoffset[3];
  double srow[12];       ///< The three rows of the sform.
  int32_t xyzt_units;
} cnifti_header;

/// A file whose voxels are being read. The caller owns it; give it back with `cnifti_close`.
typedef struct cnifti_reader cnifti_reader;

/// Reads the header of the file at `path`, compressed or not.
cnifti_status cnifti_read_header(const char *path, cnifti_header *header);

/// Opens the file that has the voxels and goes to byte `offset` of it (uncompressed).
///
/// `found` becomes the offset that was reached, which is less than `offset` in a file that ends
/// before it.
cnifti_status cnifti_open(const char *path, int64_t offset, cnifti_reader **reader,
                          int64_t *found);

/// Reads at most `count` numbers of type `datatype` as doubles; `found` becomes how many there
/// were.
cnifti_status cnifti_read(cnifti_reader *reader, int32_t datatype, int32_t is_swapped,
                          double *values, int64_t count, int64_t *found);

/// Checks, after the last voxel, that the compressed stream ends soundly. Nothing can be read after
/// that.
cnifti_status cnifti_check_end(cnifti_reader *reader);

/// Closes the file; NULL is allowed.
void cnifti_close(cnifti_reader *reader);

/// Writes a single-file NIfTI: the header, and `byte_count` bytes of voxels in the machine's order.
///
/// `header` is written as it is, except that the voxels' offset and the file's magic are set here.
/// The file is compressed when `is_compressed` is not 0.
cnifti_status cnifti_write(const char *path, const cnifti_header *header, const void *voxels,
                           int64_t byte_count, int32_t is_compressed);

/// The bytes that one number of type `datatype` takes, and 0 when it is not a real number that is
/// read here.
int32_t cnifti_bytes_per_number(int32_t datatype);

/// The name of a type: "int16", "complex64", "unknown type 7". The string is valid until the next
/// call on this thread.
const char *cnifti_type_name(int32_t datatype);

/// The quaternion form of the affine `srow` (three rows of four).
void cnifti_quaternion(const double srow[12], double quaternion[3], double *qfac);

/// What the last call that failed on this thread said.
const char *cnifti_last_error(void);

#endif
