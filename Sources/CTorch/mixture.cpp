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
    default: TORCH_CHECK(false, "there is no candidate with the number ", number);
  }
}

/// A convolution that keeps the size.
at::Tensor convolved(const at::Tensor &image, const at::Tensor &weight, int64_t dilation,
                     int64_t groups) {
  std::vector<int64_t> padding;
  for (int64_t axis = 2; axis < 5; ++axis) padding.push_back(weight.size(axis) / 2 * dilation);
  return at::conv3d(image, weight, at::Tensor(), 1, padding, dilation, groups);
}

/// The image of a candidate that is neither nothing nor the image itself.
at::Tensor image_of(const Candidate &candidate, const at::Tensor &image,
                    const at::Tensor &activated) {
  switch (candidate.kind) {
    case Candidate::convolution:
      return convolved(activated, candidate.weight, candidate.dilation, 1);
    case Candidate::separable:
      return convolved(
          convolved(activated, candidate.weight, candidate.dilation, image.size(1)),
          candidate.pointwise, 1, 1);
    case Candidate::average:
      return at::avg_pool3d(image, 3, 1, 1, /*ceil_mode=*/false, /*count_include_pad=*/false);
    default: return at::max_pool3d(image, 3, 1, 1);
  }
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
  }
}

at::Tensor ctorch::mixed_plain(const at::Tensor &image, const Mixing &work) {
  const at::Tensor activated = at::leaky_relu(image, work.slope);
  at::Tensor sum = at::zeros_like(image);
  for (size_t index = 0; index < work.candidates.size(); ++index) {
    const Candidate &candidate = work.candidates[index];
    if (candidate.kind == Candidate::nothing) continue;
    const at::Tensor share = work.shares[static_cast<int64_t>(index)];
    if (candidate.kind == Candidate::skip) {
      sum = sum + image * share;
    } else {
      sum = sum + normalized_plain(image_of(candidate, image, activated), {}, {}, work.epsilon, 1) *
                      share;
    }
  }
  return sum;
}

int ctorch_mixed(ctorch_tensor **result, const ctorch_tensor *input, const ctorch_tensor *shares,
                 const ctorch_candidate *candidates, ptrdiff_t count, double slope,
                 double epsilon) {
  return computed(result, [&]() -> ctorch_tensor {
    Mixing work{input, plain(shares), {}, slope, epsilon};
    for (ptrdiff_t index = 0; index < count; ++index) {
      const ctorch_candidate &given = candidates[index];
      work.candidates.push_back({kind_of(given.kind), static_cast<int64_t>(given.dilation),
                                 optional(given.weight), optional(given.pointwise)});
    }
    check(work);
    if (has_kernel(work)) return mixed(work);
    return {mixed_plain(plain(input), work)};
  });
}
