#include "CPNG.h"

#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <png.h>

// MARK: Messages

static _Thread_local char message[256];

static cpng_status fail(cpng_status status, const char *reason) {
  snprintf(message, sizeof message, "%s", reason);
  return status;
}

static cpng_status fail_as_system(cpng_status status, const char *otherwise) {
  return fail(status, errno != 0 ? strerror(errno) : otherwise);
}

const char *cpng_last_error(void) { return message; }

static void remember_and_jump(png_structp png, png_const_charp text) {
  snprintf(message, sizeof message, "%s", text);
  longjmp(png_jmpbuf(png), 1);
}

static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

// MARK: Reading

enum { largest_side = 1 << 16 };

/// Deflate makes data at most 1032 times smaller, so a file's size bounds its picture's.
static const uint64_t largest_ratio = 1032;

/// What is being read. It lives outside the function that jumps, so that no local variable is lost.
typedef struct {
  FILE *file;
  png_structp png;
  png_infop info;
  png_bytep bytes;
  png_bytepp rows;
  uint64_t file_bytes;
  cpng_image *image;
  int32_t keeps_indices;
  cpng_status status;
} reading;

/// Asks for 8 or 16 bits, one or three channels and no alpha, and takes the size.
static void expand(reading *state) {
  const int has_palette =
      png_get_color_type(state->png, state->info) == PNG_COLOR_TYPE_PALETTE;
  if (has_palette && state->keeps_indices)
    png_set_packing(state->png);
  else
    png_set_expand(state->png);
  png_set_strip_alpha(state->png);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  png_set_swap(state->png);
#endif
  png_set_interlace_handling(state->png);
  png_read_update_info(state->png, state->info);
  state->image->width = (int32_t)png_get_image_width(state->png, state->info);
  state->image->height = (int32_t)png_get_image_height(state->png, state->info);
  state->image->channels = png_get_channels(state->png, state->info);
  state->image->bits = png_get_bit_depth(state->png, state->info);
}

/// The bits that one pixel takes in the file, before it is expanded.
static uint64_t stored_bits(reading *state) {
  const png_byte depth = png_get_bit_depth(state->png, state->info);
  return (uint64_t)depth * png_get_channels(state->png, state->info);
}

static void read_rows(reading *state) {
  cpng_image *image = state->image;
  const uint64_t count = (uint64_t)image->width * image->height * image->channels;
  const size_t row_bytes = png_get_rowbytes(state->png, state->info);
  state->bytes = malloc(row_bytes * image->height);
  state->rows = malloc(sizeof(png_bytep) * image->height);
  image->pixels = malloc(count * sizeof(uint16_t));
  if (state->bytes == NULL || state->rows == NULL || image->pixels == NULL)
    png_error(state->png, "there is no memory left");
  for (int32_t y = 0; y < image->height; ++y) state->rows[y] = state->bytes + y * row_bytes;
  png_read_image(state->png, state->rows);
  png_read_end(state->png, NULL);
  if (image->bits == 16)
    memcpy(image->pixels, state->bytes, count * sizeof(uint16_t));
  else
    for (uint64_t i = 0; i < count; ++i) image->pixels[i] = state->bytes[i];
}

static void read_or_jump(reading *state) {
  if (setjmp(png_jmpbuf(state->png))) {
    if (state->status == CPNG_DONE) state->status = CPNG_UNREADABLE;
    if (feof(state->file)) fail(state->status, "the picture ends too early");
    return;
  }
  png_set_user_limits(state->png, largest_side, largest_side);
  png_init_io(state->png, state->file);
  png_set_sig_bytes(state->png, 8);
  png_read_info(state->png, state->info);
  const uint64_t width = png_get_image_width(state->png, state->info);
  const uint64_t height = png_get_image_height(state->png, state->info);
  if (width * height * stored_bits(state) / 8 > state->file_bytes * largest_ratio) {
    state->status = CPNG_TOO_LARGE;
    char text[160];
    snprintf(text, sizeof text, "%llu × %llu pixels do not fit in a file of %llu bytes",
             (unsigned long long)width, (unsigned long long)height,
             (unsigned long long)state->file_bytes);
    png_error(state->png, text);
  }
  expand(state);
  read_rows(state);
}

/// Opens the file and checks its first eight bytes.
static cpng_status open_picture(const char *path, reading *state) {
  struct stat facts;
  unsigned char signature[8];
  errno = 0;
  state->file = fopen(path, "rb");
  if (state->file == NULL || fstat(fileno(state->file), &facts) != 0)
    return fail_as_system(CPNG_UNREADABLE, "it cannot be opened");
  state->file_bytes = (uint64_t)facts.st_size;
  const size_t found = fread(signature, 1, sizeof signature, state->file);
  if (ferror(state->file)) return fail_as_system(CPNG_UNREADABLE, "it cannot be read");
  if (found < sizeof signature || png_sig_cmp(signature, 0, sizeof signature) != 0)
    return fail(CPNG_FOREIGN, "the signature of PNG is missing");
  return CPNG_DONE;
}

cpng_status cpng_read(const char *path, int32_t keeps_indices, cpng_image *image) {
  memset(image, 0, sizeof *image);
  reading state = {.image = image, .keeps_indices = keeps_indices, .status = CPNG_DONE};
  state.status = open_picture(path, &state);
  if (state.status == CPNG_DONE) {
    state.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, remember_and_jump, ignore);
    if (state.png != NULL) state.info = png_create_info_struct(state.png);
    if (state.info != NULL)
      read_or_jump(&state);
    else
      state.status = fail(CPNG_UNREADABLE, "there is no memory left");
  }
  png_destroy_read_struct(&state.png, &state.info, NULL);
  free(state.rows);
  free(state.bytes);
  if (state.file != NULL) fclose(state.file);
  if (state.status != CPNG_DONE) cpng_free(image);
  return state.status;
}

void cpng_free(cpng_image *image) {
  free(image->pixels);
  image->pixels = NULL;
}

// MARK: Writing

typedef struct {
  FILE *file;
  png_structp png;
  png_infop info;
  png_bytep row;
} writing;

static int write_or_jump(writing *state, const cpng_image *image) {
  if (setjmp(png_jmpbuf(state->png))) return 0;
  const int color = image->channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY;
  const size_t row_numbers = (size_t)image->width * image->channels;
  state->row = malloc(row_numbers * 2);
  if (state->row == NULL) png_error(state->png, "there is no memory left");
  png_init_io(state->png, state->file);
  png_set_IHDR(state->png, state->info, image->width, image->height, image->bits, color,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(state->png, state->info);
  for (int32_t y = 0; y < image->height; ++y) {
    const uint16_t *numbers = image->pixels + y * row_numbers;
    for (size_t i = 0; i < row_numbers; ++i) {
      if (image->bits == 16) {
        state->row[2 * i] = (png_byte)(numbers[i] >> 8);
        state->row[2 * i + 1] = (png_byte)(numbers[i] & 0xFF);
      } else {
        state->row[i] = (png_byte)numbers[i];
      }
    }
    png_write_row(state->png, state->row);
  }
  png_write_end(state->png, NULL);
  return 1;
}

cpng_status cpng_write(const char *path, const cpng_image *image) {
  writing state = {0};
  errno = 0;
  state.file = fopen(path, "wb");
  if (state.file == NULL) return fail_as_system(CPNG_UNWRITTEN, "it cannot be created");
  fail(CPNG_DONE, "there is no memory left");
  state.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, remember_and_jump, ignore);
  if (state.png != NULL) state.info = png_create_info_struct(state.png);
  const int is_whole = state.info != NULL && write_or_jump(&state, image);
  png_destroy_write_struct(&state.png, &state.info);
  free(state.row);
  errno = 0;
  const int is_closed = fclose(state.file) == 0;
  if (is_whole && !is_closed) return fail_as_system(CPNG_UNWRITTEN, "it cannot be closed");
  return is_whole ? CPNG_DONE : CPNG_UNWRITTEN;
}
