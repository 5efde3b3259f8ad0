// The loss: one step of the graph on the processor, ATen elsewhere.

#include <CKernelsLoss.h>
#include <CKernelsRuntime.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "guard.hpp"

using namespace ctorch;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

/// Describes contiguous `logits` [N, C, …] and `classes` [N, …] to the kernels.
ckernels_scores scores_of(const at::Tensor &logits, const at::Tensor &classes) {
  ckernels_scores scores{};
  scores.logits = logits.data_ptr();
  scores.labels = classes.data_ptr();
  scores.images = logits.size(0);
  scores.classes = logits.size(1);
  scores.voxels = logits.numel() / std::max<int64_t>(1, logits.size(0) * logits.size(1));
  scores.is_double = logits.scalar_type() == at::kDouble;
  scores.has_wide_labels = classes.scalar_type() == at::kLong;
  return scores;
}

void check(const at::Tensor &logits, const at::Tensor &classes) {
  TORCH_CHECK(logits.dim() > 2, "the logits need a batch, a class and a spatial axis");
  TORCH_CHECK(classes.scalar_type() == at::kLong || classes.scalar_type() == at::kByte,
              "the classes must be int64 or uint8");
  std::vector<int64_t> shape = logits.sizes().vec();
  shape.erase(shape.begin() + 1);
  const at::IntArrayRef needed(shape);
  TORCH_CHECK(classes.sizes() == needed, "the classes need the shape ", needed);
}

/// Whether the kernels can read it.
bool fits_kernels(const at::Tensor &logits, const at::Tensor &classes) {
  const auto type = logits.scalar_type();
  return logits.device().is_cpu() && classes.device().is_cpu() &&
         (type == at::kFloat || type == at::kDouble) && logits.size(1) <= CKERNELS_MOST_CLASSES;
}

/// The same from ATen's operations, on any device.
at::Tensor composed(const at::Tensor &logits, const at::Tensor &classes, bool joins_images,
                    double numerator, double denominator) {
  const at::Tensor labels = classes.to(at::kLong);
  const int64_t count = logits.size(1);
  const at::Tensor predicted = at::softmax(logits, 1).narrow(1, 1, count - 1);
  const at::Tensor truth =
      at::one_hot(labels, count).movedim(-1, 1).narrow(1, 1, count - 1).to(logits.scalar_type());
  std::vector<int64_t> axes(joins_images ? 1 : 0, 0);
  for (int64_t axis = 2; axis < logits.dim(); ++axis) axes.push_back(axis);
  const at::Tensor above = (predicted * truth).sum(axes) * 2 + numerator;
  const at::Tensor below = (predicted + truth).sum(axes) + denominator;
  return at::cross_entropy_loss(logits, labels) + 1 - (above / below.clamp_min(1e-8)).mean();
}

struct DiceCrossEntropy : torch::autograd::Function<DiceCrossEntropy> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &logits,
                            const at::Tensor &classes, bool joins_images, double numerator,
                            double denominator) {
    const at::Tensor numbers = logits.contiguous();
    const at::Tensor labels = classes.contiguous();
    const at::Tensor slopes = at::empty({logits.size(0) * 2 * logits.size(1)}, at::kDouble);
    const ckernels_scores scores = scores_of(numbers, labels);
    double loss = 0;
    TORCH_CHECK(ckernels_loss(&loss, slopes.data_ptr<double>(), &scores,
                              {joins_images, numerator, denominator}) == 0,
                ckernels_last_error());
    context->save_for_backward({numbers, labels, slopes});
    return at::scalar_tensor(loss, logits.options());
  }

  static variable_list backward(AutogradContext *context, variable_list upstream) {
    TORCH_CHECK(!c10::GradMode::is_enabled(), "this loss can be differentiated only once");
    const variable_list saved = context->get_saved_variables();
    const at::Tensor gradient = at::empty_like(saved[0]);
    const ckernels_scores scores = scores_of(saved[0], saved[1]);
    TORCH_CHECK(ckernels_loss_gradient(gradient.data_ptr(), &scores, saved[2].data_ptr<double>(),
                                       upstream[0].item().toDouble()) == 0,
                ckernels_last_error());
    return {gradient, {}, {}, {}, {}};
  }
};

}  // namespace

int ctorch_dice_cross_entropy(ctorch_tensor **result, const ctorch_tensor *logits,
                              const ctorch_tensor *classes, int joins_images, double numerator,
                              double denominator) {
  return computed(result, [&] {
    const at::Tensor scores = plain(logits), truth = plain(classes);
    check(scores, truth);
    if (!fits_kernels(scores, truth)) {
      return composed(scores, truth, joins_images != 0, numerator, denominator);
    }
    return DiceCrossEntropy::apply(scores, truth, joins_images != 0, numerator, denominator);
  });
}

int ctorch_reduced_classes(ctorch_tensor **result, const ctorch_tensor *classes,
                           const ptrdiff_t *size, ptrdiff_t axes) {
  return computed(result, [&] {
    at::Tensor reduced = plain(classes);
    TORCH_CHECK(reduced.dim() == axes + 1, "the classes need one axis more than the grid");
    for (ptrdiff_t axis = 0; axis < axes; ++axis) {
      const int64_t count = reduced.size(axis + 1);
      const auto options = reduced.options().dtype(at::kLong);
      const at::Tensor nearest =
          at::div(at::arange(size[axis], options) * count, size[axis], "floor");
      reduced = reduced.index_select(axis + 1, nearest);
    }
    return reduced;
  });
}
