#include <string.h>

#include "internal.h"

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

cnifti_status parse_header(raw_header *raw, size_t length, cnifti_header *header) {
  memset(header, 0, sizeof *header);
  if (length < sizeof raw->size) return CNIFTI_FOREIGN;
  int32_t size = raw->size;
  int32_t swapped = size;
  nifti_swap_4bytes(1, &swapped);
  const int is_swapped = swapped == 348 || swapped == 540;
  if (is_swapped) size = swapped;

  if (size == 348) {
    if (length < sizeof raw->first) return CNIFTI_TRUNCATED;
    const char *magic = raw->first.magic;
    if (memcmp(magic, "n+1", 4) != 0 && memcmp(magic, "ni1", 4) != 0)
      return CNIFTI_ANALYZE;
    if (is_swapped) nifti_swap_as_nifti1(&raw->first);
    take_header_1(&raw->first, header);
  } else if (size == 540) {
    if (length < sizeof raw->second) return CNIFTI_TRUNCATED;
    const char *magic = raw->second.magic;
    if (memcmp(magic, "n+2\0\r\n\032\n", 8) != 0 && memcmp(magic, "ni2\0\r\n\032\n", 8) != 0)
      return CNIFTI_FOREIGN;
    if (is_swapped) nifti_swap_as_nifti2(&raw->second);
    take_header_2(&raw->second, header);
  } else {
    return CNIFTI_FOREIGN;
  }
  header->is_swapped = is_swapped;
  return CNIFTI_DONE;
}

static void fill_header_1(const cnifti_header *header, nifti_1_header *raw) {
  raw->sizeof_hdr = sizeof *raw;
  raw->regular = 'r';
  for (int i = 0; i < 8; ++i) {
    raw->dim[i] = (short)header->dim[i];
    raw->pixdim[i] = (float)header->pixdim[i];
  }
  raw->datatype = (short)header->datatype;
  raw->bitpix = (short)header->bits;
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
  raw->bitpix = (int16_t)header->bits;
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

size_t fill_header(const cnifti_header *header, raw_header *raw) {
  if (header->version == 2) {
    fill_header_2(header, &raw->second);
    return sizeof raw->second;
  }
  fill_header_1(header, &raw->first);
  return sizeof raw->first;
}
