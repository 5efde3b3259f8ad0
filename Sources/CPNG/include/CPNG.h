// CPNG: the one door between Swift and libpng.
//
// libpng reports errors by jumping; the jumps stay in CPNG.c. Functions that can fail return a
// status, and `cpng_last_error` says why, on the calling thread.

#ifndef CHIASM_CPNG_H
#define CHIASM_CPNG_H

#include <stdint.h>

/// What came of a call.
typedef enum {
  CPNG_DONE = 0,
  CPNG_UNREADABLE = 1,  ///< The system or libpng refused; see the message.
  CPNG_FOREIGN = 2,     ///< The file does not begin as a PNG does.
  CPNG_TOO_LARGE = 3,   ///< The size is beyond the limit, or beyond what the file can hold.
  CPNG_UNWRITTEN = 4,   ///< Not all bytes could be written; see the message.
} cpng_status;

/// A picture: rows from the top, pixels from the left, the channels of a pixel together.
typedef struct {
  int32_t width;
  int32_t height;
  int32_t channels;  ///< 1 grey, 3 red-green-blue.
  int32_t bits;      ///< 8 or 16 per number.
  uint16_t *pixels;  ///< width × height × channels numbers.
} cpng_image;

/// Reads a picture; a palette, few bits and transparency are expanded, and alpha is dropped.
///
/// With `keeps_indices` other than 0, a picture with a palette becomes a grey one of its indices.
/// The caller owns `image->pixels`; give them back with `cpng_free`. A failure leaves none.
cpng_status cpng_read(const char *path, int32_t keeps_indices, cpng_image *image);

/// Gives back what `cpng_read` filled in.
void cpng_free(cpng_image *image);

/// Writes a picture; the caller keeps the pixels.
cpng_status cpng_write(const char *path, const cpng_image *image);

/// What the last call that failed on this thread said.
const char *cpng_last_error(void);

#endif
