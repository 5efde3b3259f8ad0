#include "CRegistration.h"

#include <string.h>

// The modality-independent neighbourhood descriptor with self-similarity context. Source: M. Heinrich
// et al., "Towards Realtime Multimodal Fusion for Image-Guided Interventions Using Self-similarities",
// MICCAI 2013, equations 1 and 2.

#if defined(__x86_64__) && defined(__linux__)
#define FAST __attribute__((target_clones("avx2", "default")))
#else
#define FAST
#endif

/// How far a patch lies from its voxel, in voxels.
#define REACH 2

/// Where the patches lie, as axis and sign; each pair below is of two axes.
static const int patches[6][3] = {
  {-REACH, 0, 0}, {REACH, 0, 0}, {0, -REACH, 0}, {0, REACH, 0}, {0, 0, -REACH}, {0, 0, REACH},
};
static const int pairs[CREGISTRATION_CHANNELS][2] = {
  {0, 2}, {0, 3}, {0, 4}, {0, 5}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {2, 4}, {2, 5}, {3, 4}, {3, 5},
};

static inline int64_t held(int64_t index, int64_t count) {
  return index < 0 ? 0 : index >= count ? count - 1 : index;
}

int64_t cregistration_scratch(const int64_t size[3]) {
  return 3 * size[0] * size[1] + 2 * (size[0] + 2 * REACH + 2) + 3 * (size[0] + 2);
}

/// A row with its outermost values repeated `margin` times on both sides.
static inline void padded(const float *row, int64_t count, int64_t margin, float *out) {
  for (int64_t x = 0; x < margin; ++x) out[x] = row[0];
  memcpy(out + margin, row, (size_t)count * sizeof(float));
  for (int64_t x = 0; x < margin; ++x) out[margin + count + x] = row[count - 1];
}

/// The squared differences of a channel along the row (y, z), one beyond each end, summed in threes.
FAST static void difference_row(
  const float *values, const int64_t size[3], int channel, int64_t y, int64_t z, float *scratch,
  float *out) {
  const int64_t count = size[0], margin = REACH + 1;
  const int *one = patches[pairs[channel][0]], *two = patches[pairs[channel][1]];
  float *left = scratch, *right = left + count + 2 * margin, *square = right + count + 2 * margin;
  const int64_t above = held(y + one[1], size[1]) + size[1] * held(z + one[2], size[2]);
  const int64_t below = held(y + two[1], size[1]) + size[1] * held(z + two[2], size[2]);
  padded(values + above * count, count, margin, left);
  padded(values + below * count, count, margin, right);
  const float *first = left + REACH + one[0], *second = right + REACH + two[0];
  for (int64_t x = 0; x < count + 2; ++x) {
    const float difference = first[x] - second[x];
    square[x] = difference * difference;
  }
  for (int64_t x = 0; x < count; ++x) out[x] = square[x] + square[x + 1] + square[x + 2];
}

/// Slice `z` of a channel's squared differences, summed over 3 × 3 voxels of the plane.
FAST static void difference_slice(
  const float *values, const int64_t size[3], int channel, int64_t z, float *scratch, float *out) {
  const int64_t count = size[0];
  float *rows = scratch + 2 * (count + 2 * REACH + 2) + count + 2;
  memset(out, 0, (size_t)(count * size[1]) * sizeof(float));
  for (int64_t y = -1; y <= size[1]; ++y) {
    difference_row(values, size, channel, y, z, scratch, rows);
    for (int64_t to = y - 1; to <= y + 1; ++to) {
      if (to < 0 || to >= size[1]) continue;
      for (int64_t x = 0; x < count; ++x) out[to * count + x] += rows[x];
    }
  }
}

FAST static double less_least(float *distances, int64_t voxels, int64_t begin, int64_t end) {
  double total = 0;
  for (int64_t voxel = begin; voxel < end; ++voxel) {
    float least = distances[voxel], sum = 0;
    for (int64_t channel = 1; channel < CREGISTRATION_CHANNELS; ++channel) {
      const float distance = distances[channel * voxels + voxel];
      least = distance < least ? distance : least;
    }
    for (int64_t channel = 0; channel < CREGISTRATION_CHANNELS; ++channel) {
      float *distance = distances + channel * voxels + voxel;
      *distance -= least;
      sum += *distance;
    }
    total += sum / CREGISTRATION_CHANNELS;
  }
  return total;
}

FAST double cregistration_distances(
  const float *values, const int64_t size[3], int64_t begin, int64_t end, float *scratch,
  float *distances) {
  const int64_t plane = size[0] * size[1], voxels = plane * size[2];
  float *slices = scratch, *rest = scratch + 3 * plane;
  for (int channel = 0; channel < CREGISTRATION_CHANNELS; ++channel) {
    for (int64_t z = begin - 1; z <= end; ++z) {
      difference_slice(values, size, channel, z, rest, slices + (z - begin + 1) % 3 * plane);
      if (z < begin + 1) continue;
      float *out = distances + channel * voxels + (z - 1) * plane;
      for (int64_t place = 0; place < plane; ++place) {
        out[place] =
          (slices[place] + slices[plane + place] + slices[2 * plane + place]) * (1.0f / 27);
      }
    }
  }
  return less_least(distances, voxels, begin * plane, end * plane);
}

/// exp(-x) for x of at least 0, to two in ten million.
static inline float decay(float x) {
  const float turns = x > 87 ? 87 * 1.44269504f : x * 1.44269504f;
  const int32_t whole = (int32_t)(turns + 0.5f);
  // 2 to the power of what is left, which lies between -0.5 and 0.5, by its Taylor series.
  const float u = ((float)whole - turns) * 0.69314718f;
  const float series =
    1 + u * (1 + u * (0.5f + u * (1.0f / 6 + u * (1.0f / 24 + u * (1.0f / 120 + u / 720)))));
  const int32_t bits = (127 - whole) << 23;
  float power;
  memcpy(&power, &bits, sizeof(power));
  return series * power;
}

FAST void cregistration_descriptors(
  float *distances, int64_t voxels, int64_t begin, int64_t end, double variance) {
  const float least = (float)(variance * 1e-3), greatest = (float)(variance * 1e3);
  for (int64_t voxel = begin; voxel < end; ++voxel) {
    float sum = 0;
    for (int64_t channel = 0; channel < CREGISTRATION_CHANNELS; ++channel) {
      sum += distances[channel * voxels + voxel];
    }
    float mean = sum / CREGISTRATION_CHANNELS;
    mean = mean < least ? least : mean > greatest ? greatest : mean;
    const float inverse = mean > 0 ? 1 / mean : 0;
    for (int64_t channel = 0; channel < CREGISTRATION_CHANNELS; ++channel) {
      float *value = distances + channel * voxels + voxel;
      *value = decay(*value * inverse);
    }
  }
}
