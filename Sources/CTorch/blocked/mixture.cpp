// Mixed operations of blocked images, with gradients.
//
// Only the convolutions' images are kept for the way back. What takes one pass over memory is computed
// again: the leaky ReLU, the pools, the depthwise half of a separable convolution.

#include "mixture.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "candidate_images.hpp"
#include "described_mixture.hpp"
#include "mixed_images.hpp"
#include "twice.hpp"

using namespace ctorch;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

/// The way back of a mixture whose gradients need not be differentiated again.
class WayBack {
 public:
  WayBack(AutogradContext *context, const Described &described, const variable_list &saved,
          const at::Tensor &gradient)
      : context_(context),
        tensors_(described.tensors()),
        work_(described.mixing(saved[1], at::TensorList(saved).slice(2, tensors_))),
        source_(saved[0].contiguous(), described.channels(), work_.activates_first, work_.slope),
        images_(work_, source_.image(), described.channels()),
        results_(2 + tensors_ + 3) {
    auto kept = saved.begin() + 2 + static_cast<ptrdiff_t>(tensors_);
    for (size_t place : images_.places) {
      const Candidate &candidate = work_.candidates[place];
      images_.add(candidate.is_convolution() ? *kept++ : source_.forward(candidate));
    }
    images_.mean = *kept++;
    images_.inverse_deviation = *kept;
    share_threads();
    images_.turn(gradient);
  }

  variable_list gradients() {
    if (context_->needs_input_grad(1)) results_[1] = images_.shares;
    size_t first = 2;
    for (size_t image = 0; image < images_.places.size(); ++image) {
      follow(image, first);
      first += tensors_of(work_.candidates[images_.places[image]].kind).size();
    }
    if (context_->needs_input_grad(0)) results_[0] = input();
    return results_;
  }

 private:
  /// Fills in the gradients of a candidate's tensors, of which the first is that many; that of what it
  /// read is kept for `input`.
  void follow(size_t image, size_t first) {
    Candidate &candidate = work_.candidates[images_.places[image]];
    const auto &tensors = tensors_of(candidate.kind);
    bool wants_tensors = false;
    for (size_t index = 0; index < tensors.size(); ++index)
      wants_tensors |= context_->needs_input_grad(first + index);
    const bool wants_input = context_->needs_input_grad(0);
    if (!wants_tensors && !wants_input) return;
    Candidate found;
    found.made = images_.gradient(image, found.scale, found.shift);
    const CandidateGradients behind =
        source_.backward(candidate, found.made, wants_input, wants_tensors);
    found.weight = behind.weight;
    found.pointwise = behind.pointwise;
    // A normalisation takes any bias away again.
    if (candidate.bias.defined()) found.bias = at::zeros_like(candidate.bias);
    for (size_t index = 0; index < tensors.size(); ++index) {
      if (context_->needs_input_grad(first + index)) results_[first + index] = found.*tensors[index];
    }
    if (behind.input.defined())
      (source_.reads_activated(candidate) ? gated_ : direct_).push_back(behind.input);
  }

  /// The gradient of the image that the candidates read, once all have been followed.
  at::Tensor input() const {
    std::vector<const float *> parts;
    for (const at::Tensor &part : gated_) parts.push_back(floats(part));
    for (const at::Tensor &part : direct_) parts.push_back(floats(part));
    const at::Tensor result = at::empty_like(source_.image());
    succeed(ckernels_gated_sum(floats(result), floats(source_.image()),
                               static_cast<float>(source_.slope()), parts.data(),
                               static_cast<int64_t>(gated_.size()),
                               static_cast<int64_t>(parts.size()), result.numel()));
    return result;
  }

  AutogradContext *context_;
  const size_t tensors_;
  Mixing work_;
  CandidateImages source_;
  MixedImages images_;
  variable_list results_;
  std::vector<at::Tensor> gated_, direct_;
};

struct BlockedMixture : torch::autograd::Function<BlockedMixture> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &input,
                            const at::Tensor &shares, at::TensorList tensors,
                            const std::vector<int64_t> &integers, double slope, double epsilon) {
    Described described(Mixing{nullptr, {}, {}, false, slope, epsilon}, 0);
    described.integers = integers;
    described.keep(context);
    const Mixing work = described.mixing(shares, tensors);
    CandidateImages source(input.contiguous(), described.channels(), work.activates_first, slope);
    MixedImages images(work, source.image(), described.channels());
    variable_list saved{input, shares};
    saved.insert(saved.end(), tensors.begin(), tensors.end());
    share_threads();
    for (size_t place : images.places) {
      const at::Tensor image = source.forward(work.candidates[place]);
      images.add(image);
      if (work.candidates[place].is_convolution()) saved.push_back(image);
    }
    const at::Tensor result = images.sum();
    saved.push_back(images.mean);
    saved.push_back(images.inverse_deviation);
    context->save_for_backward(saved);
    return result;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const variable_list saved = context->get_saved_variables();
    const Described described(context);
    if (!c10::GradMode::is_enabled())
      return WayBack(context, described, saved, gradients[0].contiguous()).gradients();
    variable_list results = twice(described, saved, gradients[0]);
    results.resize(results.size() + 3);
    return results;
  }

  /// ATen's gradients, which can be differentiated again.
  static variable_list twice(const Described &described, const variable_list &saved,
                             const at::Tensor &gradient) {
    const auto count = static_cast<ptrdiff_t>(2 + described.tensors());
    const variable_list inputs(saved.begin(), saved.begin() + count);
    return differentiable_gradients(inputs, gradient, [&](const variable_list &again) {
      Mixing work = described.mixing(again[1], at::TensorList(again).slice(2));
      for (Candidate &candidate : work.candidates) {
        if (candidate.kind == Candidate::image)
          candidate.made = to_plain(candidate.made, described.channels());
      }
      return to_blocked(mixed_plain(to_plain(again[0], described.channels()), work));
    });
  }
};

bool is_float(const at::Tensor &tensor) {
  return !tensor.defined() || (tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat);
}

bool has_kernel_for(const Candidate &candidate, bool is_small) {
  // ATen refuses a mean of images that are smaller than the window, and so the layouts agree.
  if (candidate.kind == Candidate::average) return !is_small;
  if (candidate.kind == Candidate::separable) {
    const int64_t edge = candidate.weight.size(2);
    if (candidate.weight.size(3) != edge || candidate.weight.size(4) != edge ||
        edge / 2 * candidate.dilation > CKERNELS_FURTHEST_REACH) {
      return false;
    }
  }
  return is_float(candidate.weight) && is_float(candidate.pointwise) && is_float(candidate.bias) &&
         is_float(candidate.scale) && is_float(candidate.shift);
}

}  // namespace

bool ctorch::has_kernel(const Mixing &work) {
  if (!can_be_blocked(work.input) || !is_float(work.shares)) return false;
  const std::vector<int64_t> lengths = shape(work.input);
  const bool is_small = *std::min_element(lengths.begin() + 2, lengths.end()) < 3;
  return work.candidates.size() <= 32 &&
         std::all_of(work.candidates.begin(), work.candidates.end(),
                     [=](const Candidate &each) { return has_kernel_for(each, is_small); });
}

ctorch_tensor ctorch::mixed(const Mixing &work) {
  const int64_t channels = shape(work.input)[1];
  const at::Tensor input = blocked(work.input);
  const Described described(work, channels);
  std::vector<at::Tensor> tensors;
  for (const Candidate &candidate : work.candidates) {
    for (const auto tensor : tensors_of(candidate.kind))
      tensors.push_back(stand_in(candidate.*tensor, input));
  }
  return {BlockedMixture::apply(input, work.shares, at::TensorList(tensors), described.integers,
                                work.slope, work.epsilon),
          channels};
}
