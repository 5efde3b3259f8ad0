// Mixed operations: the C function, and what ATen computes where the kernels do not.

#include "blocked/mixture.hpp"

#include "blocked/norm.hpp"

using namespace ctorch;

namespace {

Candidate::Kind kind_of(int number) {
  switch (number) {
    case CTORCH_NOTHING: return Candidate::nothing;
    case CTORCH_SKIP: return Candidate::skip;
    case CTORCH_CONVOLUTION: return Candidate::convolution;
    case CTORCH_SEPARABLE: return Candidate::separable;
    case CTORCH_AVERAGE: return Candidate::average;
    case CTORCH_MAXIMUM: return Candidate::maximum;
    case CTORCH_IMAGE: return Candidate::image;
    default: TORCH_CHECK(false, "there is no candidate with the number ", number);
  }
}

/// A convolution that keeps the size.
at::Tensor convolved(const at::Tensor &image, const at::Tensor &weight, const at::Tensor &bias,
                     int64_t dilation, int64_t groups) {
  std::vector<int64_t> padding;
  for (int64_t axis = 2; axis < 5; ++axis) padding.push_back(weight.size(axis) / 2 * dilation);
  return at::conv3d(image, weight, bias, 1, padding, dilation, groups);
}

/// The image of a candidate that does something, before it is normalised. Convolutions read `source`.
at::Tensor image_of(const Candidate &candidate, const at::Tensor &image, const at::Tensor &source) {
  switch (candidate.kind) {
    case Candidate::convolution:
      return convolved(source, candidate.weight, candidate.bias, candidate.dilation, 1);
    case Candidate::separable:
      return convolved(
          convolved(source, candidate.weight, {}, candidate.dilation, image.size(1)),
          candidate.pointwise, candidate.bias, 1, 1);
    case Candidate::average:
      return at::avg_pool3d(image, 3, 1, 1, /*ceil_mode=*/false, /*count_include_pad=*/false);
    case Candidate::maximum: return at::max_pool3d(image, 3, 1, 1);
    case Candidate::image: return candidate.made;
    case Candidate::nothing:
    case Candidate::skip: break;
  }
  return image;
}

void check_channels(const at::Tensor &numbers, int64_t channels) {
  TORCH_CHECK(!numbers.defined() || (numbers.dim() == 1 && numbers.size(0) == channels),
              "a candidate's bias, scale and shift need one number for each of the ", channels,
              " channels");
}

void check_weight(const at::Tensor &weight, int64_t outputs, int64_t inputs) {
  TORCH_CHECK(weight.defined() && weight.dim() == 5 && weight.size(0) == outputs &&
                  weight.size(1) == inputs,
              "a candidate's weights need the shape [", outputs, ", ", inputs, ", d, h, w]");
  for (int64_t axis = 2; axis < 5; ++axis)
    TORCH_CHECK(weight.size(axis) % 2 == 1, "a candidate's kernel needs odd lengths");
}

}  // namespace

void ctorch::check(const Mixing &work) {
  const std::vector<int64_t> lengths = shape(work.input);
  TORCH_CHECK(lengths.size() == 5, "the input needs the axes [batch, channels, d, h, w]");
  const auto count = static_cast<int64_t>(work.candidates.size());
  TORCH_CHECK(work.shares.dim() == 1 && work.shares.size(0) == count,
              "the shares need one number for each of the ", count, " candidates");
  const int64_t channels = lengths[1];
  for (const Candidate &candidate : work.candidates) {
    TORCH_CHECK(candidate.dilation > 0, "a candidate's dilation is below 1");
    if (candidate.kind == Candidate::convolution) check_weight(candidate.weight, channels, channels);
    if (candidate.kind == Candidate::separable) {
      check_weight(candidate.weight, channels, 1);
      check_weight(candidate.pointwise, channels, channels);
    }
    for (const at::Tensor &numbers : {candidate.bias, candidate.scale, candidate.shift})
      check_channels(numbers, channels);
  }
}

at::Tensor ctorch::mixed_plain(const at::Tensor &image, const Mixing &work) {
  const at::Tensor source = work.activates_first ? at::leaky_relu(image, work.slope) : image;
  at::Tensor sum = at::zeros_like(image);
  for (size_t index = 0; index < work.candidates.size(); ++index) {
    const Candidate &candidate = work.candidates[index];
    if (candidate.kind == Candidate::nothing) continue;
    at::Tensor part = image_of(candidate, image, source);
    if (work.is_normalized(candidate)) {
      part = normalized_plain(part, candidate.scale, candidate.shift, work.epsilon,
                              work.slope_behind());
    }
    sum = sum + part * work.shares[static_cast<int64_t>(index)];
  }
  return sum;
}

int ctorch_mixed(ctorch_tensor **result, const ctorch_tensor *input, const ctorch_tensor *shares,
                 const ctorch_candidate *candidates, ptrdiff_t count, int activates_first,
                 double slope, double epsilon) {
  return computed(result, [&]() -> ctorch_tensor {
    Mixing work{input, plain(shares), {}, activates_first != 0, slope, epsilon};
    bool can_block = true;
    for (ptrdiff_t index = 0; index < count; ++index) {
      const ctorch_candidate &given = candidates[index];
      work.candidates.push_back({kind_of(given.kind), static_cast<int64_t>(given.dilation),
                                 optional(given.weight), optional(given.pointwise),
                                 optional(given.bias), optional(given.scale),
                                 optional(given.shift), at::Tensor()});
      if (given.kind != CTORCH_IMAGE) continue;
      TORCH_CHECK(given.image && shape(given.image) == shape(input),
                  "a candidate's image needs the input's shape");
      can_block = can_block && can_be_blocked(given.image);
    }
    check(work);
    const bool is_fast = can_block && has_kernel(work);
    for (size_t index = 0; index < work.candidates.size(); ++index) {
      if (work.candidates[index].kind != Candidate::image) continue;
      const ctorch_tensor *image = candidates[index].image;
      work.candidates[index].made = is_fast ? blocked(image) : plain(image);
    }
    return is_fast ? mixed(work) : ctorch_tensor{mixed_plain(plain(input), work)};
  });
}
