#include "mixed_images.hpp"

using namespace ctorch;

MixedImages::MixedImages(const Mixing &work, const at::Tensor &like, int64_t channels)
    : work_(work),
      like_(like),
      given_shares_(work.shares.contiguous()),
      mixture_{like.size(0), channels, like.size(2) * like.size(3) * like.size(4), work.epsilon,
               0, nullptr} {
  for (size_t index = 0; index < work.candidates.size(); ++index) {
    if (work.candidates[index].kind != Candidate::nothing) places.push_back(index);
  }
}

void MixedImages::add(const at::Tensor &image) {
  const size_t place = places[images_.size()];
  const Candidate &candidate = work_.candidates[place];
  const auto keep = [&](const at::Tensor &tensor) -> const float * {
    if (!tensor.defined()) return nullptr;
    kept_.push_back(tensor.contiguous());
    return floats(kept_.back());
  };
  ckernels_mixed_image mixed{};
  mixed.numbers = keep(image);
  mixed.share = floats(given_shares_)[place];
  mixed.is_normalized = work_.is_normalized(candidate);
  mixed.scale = keep(candidate.scale);
  mixed.shift = keep(candidate.shift);
  mixed.slope = static_cast<float>(work_.slope_behind());
  images_.push_back(mixed);
}

const ckernels_mixture *MixedImages::mixture() {
  mixture_.count = static_cast<int64_t>(images_.size());
  mixture_.images = images_.data();
  return &mixture_;
}

at::Tensor MixedImages::sums_of(int64_t rows) const {
  return at::empty({rows, like_.size(0), like_.size(1) * CKERNELS_BLOCK}, like_.options());
}

at::Tensor MixedImages::sum() {
  const at::Tensor result = at::empty_like(like_);
  mean = sums_of(mixture()->count);
  inverse_deviation = at::empty_like(mean);
  succeed(ckernels_mixture_forward(mixture(), floats(result), floats(mean),
                                   floats(inverse_deviation)));
  return result;
}

void MixedImages::turn(const at::Tensor &gradient) {
  gradient_ = gradient;
  const int64_t count = mixture()->count;
  sums_ = sums_of(2 * count);
  const at::Tensor found = at::empty({count}, like_.options());
  succeed(ckernels_mixture_sums(mixture(), floats(found), floats(sums_), floats(gradient),
                                floats(mean), floats(inverse_deviation)));
  shares = at::zeros({static_cast<int64_t>(work_.candidates.size())}, like_.options());
  for (size_t image = 0; image < places.size(); ++image)
    floats(shares)[places[image]] = floats(found)[image];
}

at::Tensor MixedImages::gradient(size_t image, at::Tensor &scale, at::Tensor &shift) {
  const Candidate &candidate = work_.candidates[places[image]];
  const auto like = [](const at::Tensor &given) {
    return given.defined() ? at::empty_like(given, at::MemoryFormat::Contiguous) : at::Tensor();
  };
  scale = like(candidate.scale);
  shift = like(candidate.shift);
  const at::Tensor result = at::empty_like(like_);
  succeed(ckernels_mixture_gradient(mixture(), static_cast<int64_t>(image), floats(result),
                                    scale.defined() ? floats(scale) : nullptr,
                                    shift.defined() ? floats(shift) : nullptr, floats(gradient_),
                                    floats(sums_), floats(mean), floats(inverse_deviation)));
  return result;
}
