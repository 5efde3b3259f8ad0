// What the candidates of a mixed operation make of a blocked image, and back.

#include "candidate_images.hpp"

#include "passes.hpp"

using namespace ctorch;

CandidateImages::CandidateImages(const at::Tensor &image, int64_t channels, bool activates_first,
                                 double slope)
    : image_(image),
      channels_(channels),
      activates_first_(activates_first),
      slope_(slope),
      sizes_{image.size(0), channels, {image.size(2), image.size(3), image.size(4)}} {}

at::Tensor CandidateImages::forward(const Candidate &candidate) {
  share_threads();
  switch (candidate.kind) {
    case Candidate::convolution:
      return through(sizes_of(candidate.weight, candidate.dilation), false, source(),
                     candidate.weight, candidate.bias);
    case Candidate::separable:
      return through(sizes_of(candidate.pointwise, 1), false, depthwise(candidate),
                     candidate.pointwise, candidate.bias);
    case Candidate::average: {
      const at::Tensor result = at::empty_like(image_);
      succeed(ckernels_average_pool(&sizes_, floats(result), floats(image_)));
      return result;
    }
    case Candidate::maximum: {
      const at::Tensor result = at::empty_like(image_);
      succeed(ckernels_max_pool(&sizes_, floats(result), nullptr, floats(image_)));
      return result;
    }
    case Candidate::image: return candidate.made;
    case Candidate::nothing:
    case Candidate::skip: break;
  }
  return image_;
}

CandidateGradients CandidateImages::backward(const Candidate &candidate, const at::Tensor &gradient,
                                             bool wants_input, bool wants_weights) {
  share_threads();
  CandidateGradients gradients;
  switch (candidate.kind) {
    case Candidate::convolution: {
      const ckernels_convolution sizes = sizes_of(candidate.weight, candidate.dilation);
      if (wants_weights)
        gradients.weight = weight_gradient(sizes, source(), gradient, candidate.weight);
      if (wants_input)
        gradients.input = through(sizes, true, gradient, candidate.weight, at::Tensor());
      break;
    }
    case Candidate::separable:
      separable_backward(gradients, candidate, gradient, wants_input, wants_weights);
      break;
    case Candidate::average:
    case Candidate::maximum:
      if (wants_input) gradients.input = pooled_backward(candidate, gradient);
      break;
    case Candidate::image: break;
    case Candidate::nothing:
    case Candidate::skip: gradients.input = gradient;
  }
  return gradients;
}

const at::Tensor &CandidateImages::source() {
  if (!activates_first_) return image_;
  if (!activated_.defined()) {
    activated_ = at::empty_like(image_);
    succeed(ckernels_leaky(floats(activated_), floats(image_), static_cast<float>(slope_),
                           image_.numel()));
  }
  return activated_;
}

ckernels_convolution CandidateImages::sizes_of(const at::Tensor &weight, int64_t dilation) const {
  ckernels_convolution sizes{};
  sizes.batch = sizes_.batch;
  sizes.input_channels = sizes.output_channels = channels_;
  for (int axis = 0; axis < 3; ++axis) {
    sizes.input[axis] = sizes.output[axis] = sizes_.size[axis];
    sizes.kernel[axis] = weight.size(axis + 2);
    sizes.stride[axis] = 1;
    sizes.dilation[axis] = dilation;
    sizes.padding[axis] = sizes.kernel[axis] / 2 * dilation;
  }
  return sizes;
}

at::Tensor CandidateImages::depthwise(const Candidate &candidate) {
  const at::Tensor weight = candidate.weight.contiguous(), result = at::empty_like(image_);
  succeed(ckernels_depthwise(&sizes_, weight.size(2), candidate.dilation, floats(result),
                             floats(source()), floats(weight)));
  return result;
}

void CandidateImages::separable_backward(CandidateGradients &gradients, const Candidate &candidate,
                                         const at::Tensor &gradient, bool wants_input,
                                         bool wants_weights) {
  const ckernels_convolution sizes = sizes_of(candidate.pointwise, 1);
  const at::Tensor weight = candidate.weight.contiguous();
  const at::Tensor between = through(sizes, true, gradient, candidate.pointwise, at::Tensor());
  if (wants_weights) {
    gradients.pointwise =
        weight_gradient(sizes, depthwise(candidate), gradient, candidate.pointwise);
    gradients.weight = at::empty_like(weight);
    succeed(ckernels_depthwise_weight_gradient(&sizes_, weight.size(2), candidate.dilation,
                                               floats(gradients.weight), floats(source()),
                                               floats(between)));
  }
  if (!wants_input) return;
  gradients.input = at::empty_like(image_);
  succeed(ckernels_depthwise_data_gradient(&sizes_, weight.size(2), candidate.dilation,
                                           floats(gradients.input), floats(between),
                                           floats(weight)));
}

at::Tensor CandidateImages::pooled_backward(const Candidate &candidate,
                                            const at::Tensor &gradient) {
  const at::Tensor result = at::empty_like(image_);
  if (candidate.kind == Candidate::average) {
    succeed(ckernels_average_pool_gradient(&sizes_, floats(result), floats(gradient)));
    return result;
  }
  const at::Tensor places = at::empty(image_.sizes(), image_.options().dtype(at::kByte));
  // The maxima go where the result will be; only their places are wanted.
  succeed(ckernels_max_pool(&sizes_, floats(result), places.data_ptr<uint8_t>(), floats(image_)));
  succeed(ckernels_max_pool_gradient(&sizes_, floats(result), floats(gradient),
                                     places.data_ptr<uint8_t>()));
  return result;
}
