// A mixed operation taken apart into what an autograd function may be given and keep.

#pragma once

#include <torch/csrc/autograd/custom_function.h>

#include "mixture.hpp"

namespace ctorch {

/// The tensors of a kind of candidate, in the order in which autograd gets them.
inline const std::vector<at::Tensor Candidate::*> &tensors_of(Candidate::Kind kind) {
  using List = std::vector<at::Tensor Candidate::*>;
  static const List none, image{&Candidate::made};
  static const List convolution{&Candidate::weight, &Candidate::bias, &Candidate::scale,
                                &Candidate::shift};
  static const List separable{&Candidate::weight, &Candidate::pointwise, &Candidate::bias,
                              &Candidate::scale, &Candidate::shift};
  switch (kind) {
    case Candidate::convolution: return convolution;
    case Candidate::separable: return separable;
    case Candidate::image: return image;
    default: return none;
  }
}

/// A mixture's numbers, as autograd can keep them: its candidates' kinds and dilations come last.
struct Described {
  std::vector<int64_t> integers;
  double slope, epsilon;

  Described(const Mixing &work, int64_t channels)
      : integers{channels, work.activates_first}, slope(work.slope), epsilon(work.epsilon) {
    for (const Candidate &candidate : work.candidates) {
      integers.push_back(candidate.kind);
      integers.push_back(candidate.dilation);
    }
  }

  explicit Described(torch::autograd::AutogradContext *context)
      : integers(context->saved_data["integers"].toIntVector()),
        slope(context->saved_data["slope"].toDouble()),
        epsilon(context->saved_data["epsilon"].toDouble()) {}

  void keep(torch::autograd::AutogradContext *context) const {
    context->saved_data["integers"] = integers;
    context->saved_data["slope"] = slope;
    context->saved_data["epsilon"] = epsilon;
  }

  int64_t channels() const { return integers[0]; }

  /// How many tensors the candidates have.
  size_t tensors() const {
    size_t count = 0;
    for (size_t index = 2; index < integers.size(); index += 2)
      count += tensors_of(static_cast<Candidate::Kind>(integers[index])).size();
    return count;
  }

  /// The mixture again, without its input.
  Mixing mixing(const at::Tensor &shares, at::TensorList tensors) const {
    Mixing work{nullptr, shares, {}, integers[1] != 0, slope, epsilon};
    for (size_t index = 2; index < integers.size(); index += 2) {
      Candidate candidate;
      candidate.kind = static_cast<Candidate::Kind>(integers[index]);
      candidate.dilation = integers[index + 1];
      for (const auto tensor : tensors_of(candidate.kind)) {
        candidate.*tensor = undone(tensors[0]);
        tensors = tensors.slice(1);
      }
      work.candidates.push_back(candidate);
    }
    return work;
  }
};

}  // namespace ctorch
