// The way back of a mixture: one pass over all images for their sums, one for each image's own gradient.

#include "../scratch.hpp"
#include "mixed_planes.hpp"

namespace ckernels {
namespace {

/// Adds up the sums of the stretches, in their order, to [count, 2, planes, 8].
void join_products(const ckernels_mixture &mixture, float *sums, const float *parts) {
  const Stretches stretches = stretches_of(mixture);
  const int64_t rows = mixture.count * 16;
  for (int64_t plane = 0; plane < stretches.planes; ++plane) {
    for (int64_t row = 0; row < rows; ++row) {
      double sum = 0;
      for (int64_t stretch = 0; stretch < stretches.per_plane(); ++stretch)
        sum += parts[(plane * stretches.per_plane() + stretch) * rows + row];
      sums[lanes_place(mixture, row / 8, plane) + row % 8] = static_cast<float>(sum);
    }
  }
}

/// The sums over all voxels and images of the batch, and what follows from them.
class Totals {
 public:
  Totals(const ckernels_mixture &mixture, int64_t index, const float *sums,
         const float *inverse_deviation)
      : mixture_(mixture),
        image_(mixture.images[index]),
        gradients_(sums + lanes_place(mixture, 2 * index, 0)),
        products_(sums + lanes_place(mixture, 2 * index + 1, 0)),
        deviations_(inverse_deviation + lanes_place(mixture, index, 0)) {}

  /// Of the gradient in front of the activation.
  double gradient(int64_t channel) const {
    return over_batch(channel, [&](int64_t at) { return double{gradients_[at]}; });
  }

  /// Of it times the normalised image.
  double product(int64_t channel) const {
    return over_batch(channel, [&](int64_t at) { return double{products_[at]} * deviations_[at]; });
  }

  /// The gradient of the image's share: of the gradient times what is summed, and leaky(z) is z times the
  /// slope there, which the gradient in front of the activation has been multiplied by.
  double share() const {
    double sum = 0;
    for (int64_t channel = 0; channel < mixture_.channels; ++channel) {
      const bool has_scale = image_.is_normalized && image_.scale;
      sum += product(channel) * (has_scale ? image_.scale[channel] : 1.0f);
      if (image_.is_normalized && image_.shift) sum += gradient(channel) * image_.shift[channel];
    }
    return sum;
  }

 private:
  template <typename Number>
  double over_batch(int64_t channel, const Number &number) const {
    double sum = 0;
    for (int64_t image = 0; image < mixture_.batch; ++image)
      sum += number((image * blocks(mixture_.channels) + channel / 8) * 8 + channel % 8);
    return sum;
  }

  const ckernels_mixture &mixture_;
  const ckernels_mixed_image &image_;
  const float *gradients_, *products_, *deviations_;
};

/// What a normalisation takes from the gradient of a plane of an image.
MixtureMeans means_of(const ckernels_mixture &mixture, int64_t index, const float *sums,
                      const float *inverse_deviation, int64_t plane) {
  MixtureMeans means{};
  if (!mixture.images[index].is_normalized) return means;
  const float part = 1.0f / static_cast<float>(mixture.voxels);
  for (int lane = 0; lane < 8; ++lane) {
    const float deviation = inverse_deviation[lanes_place(mixture, index, plane) + lane];
    means.gradient[lane] = sums[lanes_place(mixture, 2 * index, plane) + lane] * part;
    means.product[lane] =
        sums[lanes_place(mixture, 2 * index + 1, plane) + lane] * part * deviation * deviation;
  }
  return means;
}

}  // namespace
}  // namespace ckernels

using namespace ckernels;

int ckernels_mixture_sums(const ckernels_mixture *mixture, float *share_gradients, float *sums,
                          const float *output_gradient, const float *mean,
                          const float *inverse_deviation) {
  return guarded([&] {
    check(mixture);
    const Stretches stretches = stretches_of(*mixture);
    const int64_t rows = mixture->count * 16;
    const Scratch parts = scratch(stretches.planes * stretches.per_plane() * rows);
    const MixtureStretch &kernel = mixture_stretch();
    stretches.for_all([&](int64_t plane, int64_t stretch) {
      const AllLanes all(*mixture, mean, inverse_deviation, plane, stretch);
      kernel.products(&parts[(plane * stretches.per_plane() + stretch) * rows],
                      output_gradient + place(*mixture, plane, stretch), all.lanes,
                      mixture->count, stretches.count(stretch));
    });
    join_products(*mixture, sums, parts.get());
    for (int64_t image = 0; image < mixture->count; ++image) {
      share_gradients[image] =
          static_cast<float>(Totals(*mixture, image, sums, inverse_deviation).share());
    }
  });
}

int ckernels_mixture_gradient(const ckernels_mixture *mixture, int64_t index,
                              float *image_gradient, float *scale_gradient, float *shift_gradient,
                              const float *output_gradient, const float *sums, const float *mean,
                              const float *inverse_deviation) {
  return guarded([&] {
    check(mixture);
    require(index >= 0 && index < mixture->count, "a mixture has no image of this number");
    const Stretches stretches = stretches_of(*mixture);
    const Totals totals(*mixture, index, sums, inverse_deviation);
    const double share = mixture->images[index].share;
    for (int64_t channel = 0; channel < mixture->channels; ++channel) {
      if (scale_gradient)
        scale_gradient[channel] = static_cast<float>(share * totals.product(channel));
      if (shift_gradient)
        shift_gradient[channel] = static_cast<float>(share * totals.gradient(channel));
    }
    if (!image_gradient) return;
    const MixtureStretch &kernel = mixture_stretch();
    stretches.for_all([&](int64_t plane, int64_t stretch) {
      const int64_t start = place(*mixture, plane, stretch);
      kernel.gradient(image_gradient + start, output_gradient + start,
                      lanes_of(*mixture, index, mean, inverse_deviation, plane, stretch),
                      means_of(*mixture, index, sums, inverse_deviation, plane),
                      stretches.count(stretch));
    });
  });
}
