#include "CRegistration.h"

// The sum of squared differences of two images of descriptors, and the normal equations of the
// affine displacement that lessens it. Source: M. Heinrich et al., "MIND: Modality Independent
// Neighbourhood Descriptor for Multi-modal Deformable Registration", Medical Image Analysis 16(7),
// 2012, section 4.2: Gauss-Newton.

#if defined(__x86_64__) && defined(__linux__)
#define FAST __attribute__((target_clones("avx2", "default")))
#else
#define FAST
#endif

/// Voxels of a row that are worked on together.
#define PIECE 64

/// Per voxel of a piece: the squared difference, its three half slopes, and the six products of
/// slopes xx, xy, xz, yy, yz, zz.
typedef struct {
  float squared[PIECE];
  float slopes[3][PIECE];
  float products[6][PIECE];
} piece_sums;

/// How far apart two neighbours of a voxel along an axis are, at most one before and one after.
typedef struct {
  int64_t before;
  int64_t after;
  float factor;
} stencil;

static inline stencil around(int64_t index, int64_t count, int64_t step) {
  const int64_t before = index > 0, after = index < count - 1;
  return (stencil){-before * step, after * step, before + after > 0 ? 1.0f / (float)(before + after) : 0};
}

FAST static void add_differences(
  const float *fixed, const float *moving, int64_t count, piece_sums *sums) {
  for (int64_t x = 0; x < count; ++x) {
    const float difference = moving[x] - fixed[x];
    sums->squared[x] += difference * difference;
  }
}

FAST static void add_slopes(
  const float *fixed, const float *moving, int64_t count, int64_t first, int64_t width,
  const stencil *y, const stencil *z, piece_sums *sums) {
  for (int64_t x = 0; x < count; ++x) {
    const int64_t before = first + x > 0, after = first + x < width - 1;
    const float apart = (float)(before + after);
    const float difference = moving[x] - fixed[x];
    const float dx = (moving[x + after] - moving[x - before]) * (apart > 1 ? 0.5f : apart);
    const float dy = (moving[x + y->after] - moving[x + y->before]) * y->factor;
    const float dz = (moving[x + z->after] - moving[x + z->before]) * z->factor;
    sums->slopes[0][x] += difference * dx;
    sums->slopes[1][x] += difference * dy;
    sums->slopes[2][x] += difference * dz;
    sums->products[0][x] += dx * dx;
    sums->products[1][x] += dx * dy;
    sums->products[2][x] += dx * dz;
    sums->products[3][x] += dy * dy;
    sums->products[4][x] += dy * dz;
    sums->products[5][x] += dz * dz;
  }
}

/// Adds one voxel to the normal equations.
static inline void add_normal(
  const piece_sums *piece, int64_t x, double weight, const double place[4],
  cregistration_normal *sums) {
  static const int product[3][3] = {{0, 1, 2}, {1, 3, 4}, {2, 4, 5}};
  for (int row = 0; row < 3; ++row) {
    const double slope = weight * piece->slopes[row][x];
    for (int k = 0; k < 4; ++k) sums->slope[4 * row + k] += slope * place[k];
    for (int column = row; column < 3; ++column) {
      const double curve = weight * piece->products[product[row][column]][x];
      for (int k = 0; k < 4; ++k) {
        double *out = sums->curvature + 12 * (4 * row + k) + 4 * column;
        for (int l = 0; l < 4; ++l) out[l] += curve * place[k] * place[l];
      }
    }
  }
}

/// The place of a voxel in the coordinates that the displacement is affine in, and 1.
static inline void locate(
  const cregistration_map *places, int64_t x, int64_t y, int64_t z, double place[4]) {
  for (int row = 0; row < 3; ++row) {
    const double *numbers = places->rows[row];
    place[row] = numbers[0] * (double)x + numbers[1] * (double)y + numbers[2] * (double)z + numbers[3];
  }
  place[3] = 1;
}

void cregistration_compare(
  const float *fixed, const float *moving, const float *fixed_weights, const float *weights,
  const int64_t size[3], int64_t begin, int64_t end, const cregistration_map *places,
  cregistration_normal *sums) {
  const int64_t plane = size[0] * size[1], voxels = plane * size[2];
  for (int64_t row = begin * size[1]; row < end * size[1]; ++row) {
    const int64_t y = row % size[1], z = row / size[1];
    const stencil along_y = around(y, size[1], size[0]), along_z = around(z, size[2], plane);
    for (int64_t first = 0; first < size[0]; first += PIECE) {
      const int64_t count = size[0] - first < PIECE ? size[0] - first : PIECE;
      piece_sums piece = {{0}, {{0}}, {{0}}};
      for (int64_t channel = 0; channel < CREGISTRATION_CHANNELS; ++channel) {
        const int64_t start = channel * voxels + row * size[0] + first;
        add_differences(fixed + start, moving + start, count, &piece);
        if (!places) continue;
        add_slopes(fixed + start, moving + start, count, first, size[0], &along_y, &along_z, &piece);
      }
      for (int64_t x = 0; x < count; ++x) {
        const int64_t voxel = row * size[0] + first + x;
        const double weight = (double)weights[voxel] * (fixed_weights ? fixed_weights[voxel] : 1);
        if (weight == 0) continue;
        sums->difference += weight * piece.squared[x] / CREGISTRATION_CHANNELS;
        sums->weight += weight;
        if (!places) continue;
        double place[4];
        locate(places, first + x, y, z, place);
        add_normal(&piece, x, weight / CREGISTRATION_CHANNELS, place, sums);
      }
    }
  }
}
