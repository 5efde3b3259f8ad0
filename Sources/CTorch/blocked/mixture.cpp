// Mixed operations of blocked images, with gradients.
//
// Only the convolutions' images are kept for the way back. What takes one pass over memory is computed
// again: the leaky ReLU, the pools, the depthwise half of a separable convolution.

#include "mixture.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "candidate_images.hpp"
#include "norm.hpp"
#include "twice.hpp"

using namespace ctorch;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

/// How many weights a candidate has.
int64_t weights_of(Candidate::Kind kind) {
  return kind == Candidate::separable ? 2 : kind == Candidate::convolution ? 1 : 0;
}

/// The candidates of an autograd function's arguments: kind and dilation of each, one after another.
std::vector<Candidate> candidates_of(const std::vector<int64_t> &description,
                                     at::TensorList weights) {
  std::vector<Candidate> candidates;
  for (size_t index = 0; index < description.size(); index += 2) {
    Candidate candidate{static_cast<Candidate::Kind>(description[index]), description[index + 1],
                        {}, {}};
    const int64_t count = weights_of(candidate.kind);
    if (count > 0) candidate.weight = weights[0];
    if (count > 1) candidate.pointwise = weights[1];
    weights = weights.slice(static_cast<size_t>(count));
    candidates.push_back(candidate);
  }
  return candidates;
}

/// Mixed images as CKernels sees them.
class Images {
 public:
  Images(const at::Tensor &like, int64_t channels, double epsilon, const at::Tensor &shares,
         const std::vector<Candidate> &candidates)
      : mixture_{like.size(0), channels, like.size(2) * like.size(3) * like.size(4), epsilon,
                 0, nullptr, nullptr, nullptr} {
    const float *given = floats(shares);
    for (size_t index = 0; index < candidates.size(); ++index) {
      if (candidates[index].kind == Candidate::nothing) continue;
      places.push_back(index);
      shares_.push_back(given[index]);
      is_normalized_.push_back(candidates[index].kind != Candidate::skip);
    }
  }

  void add(const at::Tensor &image) {
    tensors.push_back(image);
    pointers_.push_back(floats(image));
  }

  const ckernels_mixture *mixture() {
    mixture_.count = static_cast<int64_t>(pointers_.size());
    mixture_.images = pointers_.data();
    mixture_.shares = shares_.data();
    mixture_.is_normalized = is_normalized_.data();
    return &mixture_;
  }

  /// Which candidate each image is of.
  std::vector<size_t> places;
  std::vector<at::Tensor> tensors;

 private:
  ckernels_mixture mixture_;
  std::vector<const float *> pointers_;
  std::vector<float> shares_;
  std::vector<uint8_t> is_normalized_;
};

/// The gradients of everything from that of a sum.
class WayBack {
 public:
  WayBack(CandidateImages &source, Images &images, const std::vector<Candidate> &candidates,
          const at::Tensor &gradient, const at::Tensor &mean, const at::Tensor &deviation)
      : source_(source),
        images_(images),
        candidates_(candidates),
        gradient_(gradient),
        mean_(mean),
        deviation_(deviation) {
    const int64_t count = images.mixture()->count;
    sums_ = at::empty({count + 1, gradient.size(0), gradient.size(1) * CKERNELS_BLOCK},
                      gradient.options());
    const at::Tensor found = at::empty({count}, gradient.options());
    succeed(ckernels_mixture_sums(images.mixture(), floats(found), floats(sums_),
                                  floats(gradient), floats(mean), floats(deviation)));
    shares = at::zeros({static_cast<int64_t>(candidates.size())}, gradient.options());
    for (size_t image = 0; image < images.places.size(); ++image)
      floats(shares)[images.places[image]] = floats(found)[image];
  }

  /// The gradients of a candidate's weights; that of what it read is kept for `input`.
  CandidateGradients follow(size_t image, bool wants_input, bool wants_weights) {
    const Candidate &candidate = candidates_[images_.places[image]];
    const at::Tensor gradient = at::empty_like(gradient_);
    succeed(ckernels_mixture_gradient(images_.mixture(), static_cast<int64_t>(image),
                                      floats(gradient), floats(gradient_), floats(sums_),
                                      floats(mean_), floats(deviation_)));
    const CandidateGradients found =
        source_.backward(candidate, gradient, wants_input, wants_weights);
    if (found.input.defined())
      (CandidateImages::reads_activated(candidate) ? gated_ : direct_).push_back(found.input);
    return found;
  }

  /// The gradient of the image that all candidates read, once all have been followed.
  at::Tensor input() const {
    std::vector<const float *> parts;
    for (const at::Tensor &part : gated_) parts.push_back(floats(part));
    for (const at::Tensor &part : direct_) parts.push_back(floats(part));
    const at::Tensor result = at::empty_like(gradient_);
    succeed(ckernels_gated_sum(floats(result), floats(source_.image()),
                               static_cast<float>(source_.slope()), parts.data(),
                               static_cast<int64_t>(gated_.size()),
                               static_cast<int64_t>(parts.size()), result.numel()));
    return result;
  }

  at::Tensor shares;

 private:
  CandidateImages &source_;
  Images &images_;
  const std::vector<Candidate> &candidates_;
  const at::Tensor gradient_, mean_, deviation_;
  at::Tensor sums_;
  std::vector<at::Tensor> gated_, direct_;
};

struct BlockedMixture : torch::autograd::Function<BlockedMixture> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &input,
                            const at::Tensor &shares, at::TensorList weights,
                            const std::vector<int64_t> &description, int64_t channels,
                            double slope, double epsilon) {
    const at::Tensor given = shares.contiguous();
    const std::vector<Candidate> candidates = candidates_of(description, weights);
    CandidateImages source(input.contiguous(), channels, slope);
    Images images(source.image(), channels, epsilon, given, candidates);
    variable_list saved{input, shares};
    saved.insert(saved.end(), weights.begin(), weights.end());
    for (size_t place : images.places) {
      images.add(source.forward(candidates[place]));
      if (weights_of(candidates[place].kind) > 0) saved.push_back(images.tensors.back());
    }
    const at::Tensor result = at::empty_like(source.image());
    const at::Tensor mean =
        at::empty({images.mixture()->count, result.size(0), result.size(1) * CKERNELS_BLOCK},
                  result.options());
    const at::Tensor deviation = at::empty_like(mean);
    succeed(ckernels_mixture_forward(images.mixture(), floats(result), floats(mean),
                                     floats(deviation)));
    saved.push_back(mean);
    saved.push_back(deviation);
    context->save_for_backward(saved);
    context->saved_data["description"] = description;
    context->saved_data["channels"] = channels;
    context->saved_data["slope"] = slope;
    context->saved_data["epsilon"] = epsilon;
    return result;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const variable_list saved = context->get_saved_variables();
    const auto description = context->saved_data["description"].toIntVector();
    int64_t weights = 0;
    for (size_t index = 0; index < description.size(); index += 2)
      weights += weights_of(static_cast<Candidate::Kind>(description[index]));
    const at::TensorList all(saved);
    const at::TensorList given = all.slice(2, static_cast<size_t>(weights));
    const at::TensorList kept = all.slice(2 + static_cast<size_t>(weights));
    const std::vector<Candidate> candidates = candidates_of(description, given);
    variable_list results(static_cast<size_t>(2 + weights + 4));
    if (c10::GradMode::is_enabled()) {
      const variable_list again = twice(context, saved, given.size(), description, gradients[0]);
      std::copy(again.begin(), again.end(), results.begin());
    } else {
      once(context, results, candidates, saved[0], saved[1], kept, gradients[0].contiguous());
    }
    return results;
  }

  static void once(AutogradContext *context, variable_list &results,
                   const std::vector<Candidate> &candidates, const at::Tensor &input,
                   const at::Tensor &shares, at::TensorList kept, const at::Tensor &gradient) {
    const int64_t channels = context->saved_data["channels"].toInt();
    CandidateImages source(input.contiguous(), channels, context->saved_data["slope"].toDouble());
    Images images(source.image(), channels, context->saved_data["epsilon"].toDouble(),
                  shares.contiguous(), candidates);
    for (size_t place : images.places) {
      const bool is_kept = weights_of(candidates[place].kind) > 0;
      images.add(is_kept ? kept[0] : source.forward(candidates[place]));
      if (is_kept) kept = kept.slice(1);
    }
    share_threads();
    WayBack back(source, images, candidates, gradient, kept[0], kept[1]);
    if (context->needs_input_grad(1)) results[1] = back.shares;
    const bool wants_input = context->needs_input_grad(0);
    size_t next = 2;
    for (size_t image = 0; image < images.places.size(); ++image) {
      const auto count =
          static_cast<size_t>(weights_of(candidates[images.places[image]].kind));
      const bool wants_weights = (count > 0 && context->needs_input_grad(next)) ||
                                 (count > 1 && context->needs_input_grad(next + 1));
      if (wants_input || wants_weights) {
        const CandidateGradients found = back.follow(image, wants_input, wants_weights);
        if (count > 0) results[next] = found.weight;
        if (count > 1) results[next + 1] = found.pointwise;
      }
      next += count;
    }
    if (wants_input) results[0] = back.input();
  }

  /// ATen's gradients, which can be differentiated again.
  static variable_list twice(AutogradContext *context, const variable_list &saved, size_t weights,
                             const std::vector<int64_t> &description, const at::Tensor &gradient) {
    const variable_list inputs(saved.begin(), saved.begin() + 2 + static_cast<ptrdiff_t>(weights));
    return differentiable_gradients(inputs, gradient, [&](const variable_list &again) {
      const Mixing work{nullptr, again[1],
                        candidates_of(description, at::TensorList(again).slice(2)),
                        context->saved_data["slope"].toDouble(),
                        context->saved_data["epsilon"].toDouble()};
      return to_blocked(mixed_plain(to_plain(again[0], context->saved_data["channels"].toInt()),
                                    work));
    });
  }
};

bool is_float(const at::Tensor &tensor) {
  return tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat;
}

}  // namespace

bool ctorch::has_kernel(const Mixing &work) {
  if (!can_be_blocked(work.input) || !is_float(work.shares)) return false;
  // ATen refuses a mean of images that are smaller than the window, and so the layouts agree.
  const std::vector<int64_t> lengths = shape(work.input);
  const bool is_small = *std::min_element(lengths.begin() + 2, lengths.end()) < 3;
  return std::all_of(work.candidates.begin(), work.candidates.end(), [=](const Candidate &each) {
    if (each.kind == Candidate::average) return !is_small;
    if (each.kind == Candidate::convolution) return is_float(each.weight);
    if (each.kind != Candidate::separable) return true;
    const int64_t edge = each.weight.size(2);
    return is_float(each.weight) && is_float(each.pointwise) && each.weight.size(3) == edge &&
           each.weight.size(4) == edge && edge / 2 * each.dilation <= CKERNELS_FURTHEST_REACH;
  });
}

ctorch_tensor ctorch::mixed(const Mixing &work) {
  const int64_t channels = shape(work.input)[1];
  std::vector<int64_t> description;
  std::vector<at::Tensor> weights;
  for (const Candidate &candidate : work.candidates) {
    description.push_back(candidate.kind);
    description.push_back(candidate.dilation);
    if (candidate.weight.defined()) weights.push_back(candidate.weight);
    if (candidate.pointwise.defined()) weights.push_back(candidate.pointwise);
  }
  return {BlockedMixture::apply(blocked(work.input), work.shares, at::TensorList(weights),
                                description, channels, work.slope, work.epsilon),
          channels};
}
