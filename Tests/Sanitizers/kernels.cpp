// Calls the kernels with tensors that are exactly as long as they must be, by every kind of
// instructions and on four threads, for sanitizers to watch. `scripts/sanitize` builds and runs it.
//
// Threads come from a pool of this file's own instead of libgomp: the sanitizers know what POSIX
// threads wait for, but not what libgomp's do.

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "CKernels.h"

extern "C" void GOMP_parallel(void (*function)(void *), void *data, unsigned, unsigned) {
  std::vector<std::thread> threads;
  for (int index = 0; index < 3; ++index) threads.emplace_back(function, data);
  function(data);
  for (std::thread &thread : threads) thread.join();
}
extern "C" int omp_get_max_threads(void) { return 4; }
extern "C" void omp_set_num_threads(int) {}

namespace {

/// Numbers of some length, none longer.
template <typename Number = float>
struct Numbers {
  explicit Numbers(int64_t count) : numbers(new Number[count]) {
    for (int64_t index = 0; index < count; ++index) {
      numbers[index] = static_cast<Number>(index * 37 % 101) / 7;
    }
  }
  operator Number *() const { return numbers.get(); }
  std::unique_ptr<Number[]> numbers;
};

int64_t blocked(int64_t channels) { return (channels + 7) / 8 * 8; }

void require(int status, const char *what) {
  if (status == 0) return;
  std::fprintf(stderr, "%s: %s\n", what, ckernels_last_error());
  std::exit(1);
}

struct Sizes {
  int64_t channels, outputs, size[3], kernel, stride, padding, dilation;
};

/// Few and many voxels, whole and broken blocks and tiles, every kind of line.
const Sizes convolutions[] = {
    {16, 16, {8, 8, 32}, 3, 1, 1, 1},  {9, 24, {5, 7, 33}, 3, 1, 1, 1},
    {32, 17, {12, 9, 17}, 3, 1, 1, 1}, {3, 16, {5, 6, 21}, 3, 1, 1, 1},
    {16, 32, {9, 8, 19}, 3, 2, 1, 1},  {16, 9, {8, 6, 16}, 2, 2, 0, 1},
    {8, 16, {3, 4, 15}, 3, 1, 2, 2},   {24, 4, {3, 3, 7}, 1, 1, 0, 1},
    {5, 3, {6, 5, 9}, 5, 1, 2, 1},     {16, 16, {7, 7, 7}, 3, 3, 1, 1},
};

void convolve(const Sizes &sizes) {
  ckernels_convolution shape{};
  shape.batch = 2;
  shape.input_channels = sizes.channels;
  shape.output_channels = sizes.outputs;
  int64_t inputs = 2, outputs = 2, taps = 1;
  for (int axis = 0; axis < 3; ++axis) {
    shape.input[axis] = sizes.size[axis];
    shape.kernel[axis] = sizes.kernel;
    shape.stride[axis] = sizes.stride;
    shape.padding[axis] = sizes.padding;
    shape.dilation[axis] = sizes.dilation;
    shape.output[axis] = (sizes.size[axis] + 2 * sizes.padding -
                          sizes.dilation * (sizes.kernel - 1) - 1) / sizes.stride + 1;
    inputs *= shape.input[axis];
    outputs *= shape.output[axis];
    taps *= sizes.kernel;
  }
  Numbers<> input(inputs * blocked(sizes.channels)), output(outputs * blocked(sizes.outputs));
  Numbers<> plain(inputs * sizes.channels), weight(sizes.channels * sizes.outputs * taps);
  Numbers<> output_bias(sizes.outputs), input_bias(sizes.channels);
  require(ckernels_convolution_forward(&shape, output, input, weight, output_bias), "forward");
  require(ckernels_convolution_data_gradient(&shape, input, output, weight, input_bias), "data");
  require(ckernels_weight_gradient(&shape, weight, output_bias, input, output), "weight");
  require(ckernels_weight_gradient_plain(&shape, weight, output_bias, plain, output), "plain");
  require(ckernels_channel_sums(output_bias, output, 2, sizes.outputs, outputs / 2), "sums");
}

void normalize(int64_t channels, int64_t voxels) {
  const ckernels_norm norm{2, channels, voxels, 1e-5, 0.01f};
  const int64_t count = 2 * blocked(channels);
  Numbers<> input(count * voxels), output(count * voxels), mean(count), deviation(count);
  Numbers<> scale(channels), shift(channels), scales(channels), shifts(channels);
  require(ckernels_norm_forward(&norm, output, mean, deviation, input, scale, shift), "norm");
  require(ckernels_norm_backward(&norm, output, scales, shifts, output, input, mean, deviation,
                                 scale, shift),
          "norm's gradient");
}

void mix(int64_t channels, int64_t voxels) {
  const int64_t count = 2 * blocked(channels);
  Numbers<> first(count * voxels), second(count * voxels), output(count * voxels);
  Numbers<> mean(2 * count), deviation(2 * count), gradients(2), sums(4 * count);
  Numbers<> scale(channels), shift(channels), scales(channels), shifts(channels);
  const ckernels_mixed_image images[] = {{first, 0.5f, 1, scale, shift, 0.01f},
                                         {second, 0.25f, 0, nullptr, nullptr, 1}};
  const ckernels_mixture mixture{2, channels, voxels, 1e-5, 2, images};
  require(ckernels_mixture_forward(&mixture, output, mean, deviation), "mixture");
  require(ckernels_mixture_sums(&mixture, gradients, sums, output, mean, deviation), "its sums");
  require(ckernels_mixture_gradient(&mixture, 0, first, scales, shifts, output, sums, mean,
                                    deviation),
          "its gradient");
  const float *const parts[] = {first, second};
  require(ckernels_gated_sum(output, second, 0.01f, parts, 1, 2, count * voxels), "gated sum");
  require(ckernels_leaky(output, second, 0.01f, count * voxels), "activation");
}

void reorder(int64_t channels, int64_t voxels) {
  Numbers<> plain(2 * channels * voxels), images(2 * blocked(channels) * voxels);
  require(ckernels_to_blocked(images, plain, 2, channels, voxels), "to blocked");
  require(ckernels_to_plain(plain, images, 2, channels, voxels), "to plain");
}

/// Tiles of unequal lengths along two axes, one tile along the third.
void normalize_locally(int64_t channels) {
  const int64_t depth[] = {0, 2, 3, 7}, height[] = {0, 1, 5}, width[] = {0, 9};
  const float thirds[] = {0, 1, 0.5f, 0.5f, 1, 0}, halves[] = {1, 1}, whole[] = {1};
  const ckernels_local_norm norm{
      2, channels, {{depth, 3, 2, thirds}, {height, 2, 1, halves}, {width, 1, 1, whole}}, 1e-5, 0.01f};
  const int64_t count = 2 * blocked(channels) * 7 * 5 * 9;
  Numbers<> input(count), output(count), scale(channels), shift(channels);
  require(ckernels_local_norm_forward(&norm, output, input, scale, shift), "local norm");
}

/// A patch that reaches out of its volume on all sides.
void augment(ckernels_size size) {
  const ckernels_size volume{7, 6, 5};
  const int64_t voxels = size.x * size.y * size.z;
  Numbers<> patch(voxels), other(voxels), room(voxels), image(7 * 6 * 5);
  Numbers<uint8_t> labels(voxels), classes(7 * 6 * 5);
  float *const patches[] = {patch, other};
  const float *const volumes[] = {image, nullptr};
  const ckernels_placement placement{
      {-1.5, -2, 0.25}, {0.9, 0.3, 0.1}, {-0.3, 0.8, 0.2}, {0.1, -0.2, 1.1}};
  require(ckernels_sample(patches, labels, size, volumes, classes, 2, volume, &placement), "sample");
  const double sigmas[] = {1.2, 0.5, 0.8};
  require(ckernels_blur(patch, room, size, sigmas), "blur");
  const ckernels_size coarse{(size.x + 1) / 2, (size.y + 2) / 3, size.z};
  require(ckernels_lower_resolution(patch, room, size, coarse), "low resolution");
  ckernels_statistics statistics{};
  require(ckernels_measure(&statistics, patch, voxels), "statistics");
  require(ckernels_rescale(patch, voxels, 1.1f, -0.2f, -9, 9), "rescaling");
  require(ckernels_gamma(patch, voxels, 0.7, 1, statistics), "gamma");
  require(ckernels_add_noise(patch, voxels, 0.1, 42), "noise");
}

void pool(int64_t channels) {
  const ckernels_images images{2, channels, {4, 5, 7}};
  const int64_t count = 2 * blocked(channels) * 4 * 5 * 7;
  Numbers<> input(count), output(count), weight(channels * 27);
  Numbers<uint8_t> places(count);
  require(ckernels_average_pool(&images, output, input), "average");
  require(ckernels_average_pool_gradient(&images, input, output), "its gradient");
  require(ckernels_max_pool(&images, output, places, input), "maximum");
  require(ckernels_max_pool_gradient(&images, input, output, places), "its gradient");
  require(ckernels_depthwise(&images, 3, 2, output, input, weight), "depthwise");
  require(ckernels_depthwise_data_gradient(&images, 3, 2, input, output, weight), "its data");
  require(ckernels_depthwise_weight_gradient(&images, 3, 2, weight, input, output), "its weight");
}

void lose(int64_t classes, int64_t voxels) {
  Numbers<> logits(2 * blocked(classes) * voxels), gradient(2 * blocked(classes) * voxels);
  Numbers<uint8_t> labels(2 * voxels);
  for (int64_t index = 0; index < 2 * voxels; ++index) {
    labels[index] = static_cast<uint8_t>(index % classes);
  }
  Numbers<double> slopes(4 * classes);
  for (int is_blocked = 0; is_blocked < 2; ++is_blocked) {
    const ckernels_scores scores{logits, labels, 2, classes, voxels, is_blocked, 0, 0};
    double loss = 0;
    require(ckernels_loss(&loss, slopes, &scores, {1, 0, 0}), "loss");
    require(ckernels_loss_gradient(gradient, &scores, slopes, 1), "its gradient");
  }
}

void step(int64_t count) {
  Numbers<> weight(count), gradient(count), first(count), second(count);
  const ckernels_parameter parameter{weight, gradient, first, second, count};
  const ckernels_parameters all{&parameter, 1, 0};
  double norm = 0;
  require(ckernels_gradient_norm(&norm, all), "norm");
  require(ckernels_sgd_step(all, {0.01, 1, 0, 0.9, 1}), "SGD");
  require(ckernels_adamw_step(all, {0.01, 1, 0.01, 0.9, 0.999, 0.1, 0.03, 1e-8}), "AdamW");
}

void run_all() {
  for (const Sizes &sizes : convolutions) convolve(sizes);
  for (const int64_t channels : {3, 8, 17}) {
    normalize(channels, 1001);
    normalize_locally(channels);
    mix(channels, 999);
    reorder(channels, 1001);
    pool(channels);
    lose(channels, 1003);
  }
  for (const ckernels_size &size : {ckernels_size{9, 8, 7}, {33, 3, 2}, {1, 5, 4}}) augment(size);
  step(100'003);
}

}  // namespace

int main() {
  for (const int level : {0, 1, 2}) {
    ckernels_allow_avx2(level > 0);
    ckernels_allow_avx512(level > 1);
    run_all();
    std::printf("no fault with %s\n", ckernels_uses_avx512() ? "AVX-512"
                                      : ckernels_uses_avx2() ? "AVX2"
                                                             : "the portable code");
  }
}
