// CGDCM: the one door between Swift and GDCM, which decodes the compressed pictures of DICOM files.
//
// GDCM is built with assertions on Debian: a codestream that contradicts what it is told ends the
// program. So the caller checks a codestream's headers first (see `Codestream` in Imaging) and says
// here what they say. Nothing prints, and nothing throws across this header.

#ifndef CHIASM_CGDCM_H
#define CHIASM_CGDCM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a picture is compressed.
typedef enum {
  CGDCM_RLE = 0,
  CGDCM_JPEG = 1,
  CGDCM_JPEG_LS = 2,
  CGDCM_JPEG_2000 = 3,
} cgdcm_codec;

/// One compressed picture, as its own headers describe it.
typedef struct {
  cgdcm_codec codec;
  int32_t columns;
  int32_t rows;
  int32_t samples;    ///< 1 grey, 3 colours.
  int32_t precision;  ///< The bits of a number that are used.
  int32_t is_signed;  ///< Whether the codestream counts below zero; JPEG 2000 only.
  const uint8_t *bytes;
  size_t count;
} cgdcm_picture;

/// Decodes a picture into `pixels`: rows from the top, the samples of a pixel together, every number
/// in 1 byte where `precision` is at most 8, and else in 2, of the machine's order.
///
/// Returns 0, or 1 when the codestream is damaged or does not fill `capacity` bytes exactly;
/// `cgdcm_last_error` says more, and what `pixels` holds then means nothing.
int32_t cgdcm_decode(const cgdcm_picture *picture, uint8_t *pixels, size_t capacity);

/// What the last call that failed on this thread said.
const char *cgdcm_last_error(void);

#ifdef __cplusplus
}
#endif

#endif
