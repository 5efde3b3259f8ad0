// CNIfTI: the one door between Swift and libnifti.
//
// The layout of headers, their order of bytes and the names of types are libnifti's. Nothing here
// opens a file or prints.

#ifndef CHIASM_CNIFTI_H
#define CHIASM_CNIFTI_H

#include <stdint.h>

/// What the first bytes of a file are.
typedef enum {
  CNIFTI_DONE = 0,       ///< A header of NIfTI-1 or NIfTI-2.
  CNIFTI_TRUNCATED = 1,  ///< The file ends inside its header.
  CNIFTI_FOREIGN = 2,    ///< The file does not begin as a NIfTI or Analyze header does.
  CNIFTI_ANALYZE = 3,    ///< An Analyze 7.5 header: NIfTI's size without its magic.
} cnifti_status;

/// The fields of a NIfTI-1 or NIfTI-2 header that Chiasm uses, in the order of bytes of this
/// machine and otherwise as they are in the file.
typedef struct {
  int32_t version;      ///< 1 or 2.
  int32_t is_swapped;   ///< 1 when the file has the other order of bytes.
  int32_t is_pair;      ///< 1 when the voxels are in an .img file.
  int32_t datatype;     ///< A code of NIfTI.
  int32_t bits;         ///< The bits of a voxel; only for writing.
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

/// The bytes of the longest header, with the four that follow it.
enum { cnifti_header_bytes = 544 };

/// Takes the first `count` bytes of a file apart.
cnifti_status cnifti_parse_header(const void *bytes, int64_t count, cnifti_header *header);

/// Fills in the start of a single-file NIfTI and returns its length; the voxels follow it.
///
/// `header` is written as it is, except that the voxels' offset and the file's magic are set here.
/// `bytes` has room for `cnifti_header_bytes`.
int64_t cnifti_fill_header(const cnifti_header *header, void *bytes);

/// The name of a type: "int16", "complex64", "7 (unknown)". The string is valid until the next
/// call on this thread.
const char *cnifti_type_name(int32_t datatype);

/// The quaternion form of the affine `srow` (three rows of four).
void cnifti_quaternion(const double srow[12], double quaternion[3], double *qfac);

#endif
