// Updates of all weights at once: one pass over memory on the processor, ATen elsewhere.

#include <CKernelsOptimizer.h>
#include <CKernelsRuntime.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "guard.hpp"

using namespace ctorch;

namespace {

/// A weight with its gradient and what the optimiser keeps of it.
struct Entry {
  at::Tensor weight;
  at::Tensor gradient;
  at::Tensor first;
  at::Tensor second;
  /// How many updates it has had; null where nobody asks.
  float *updates;
};

/// The weights that have a gradient; `updates` has a number for each weight, or is null.
std::vector<Entry> entries_of(const ctorch_weights &weights, float *updates) {
  std::vector<Entry> entries;
  for (ptrdiff_t index = 0; index < weights.count; ++index) {
    const at::Tensor weight = weights.weights[index]->storage.detach();
    const at::Tensor &gradient = weights.weights[index]->storage.grad();
    if (!gradient.defined()) continue;
    Entry entry{weight, gradient, weights.first[index]->storage,
                weights.second ? weights.second[index]->storage : at::Tensor(),
                updates ? updates + index : nullptr};
    for (const at::Tensor &kept : {entry.first, entry.second}) {
      TORCH_CHECK(!kept.defined() || kept.sizes() == weight.sizes(), "the state has the shape ",
                  kept.sizes(), ", the weight ", weight.sizes());
    }
    entries.push_back(entry);
  }
  return entries;
}

/// Whether the kernels can read all of it: on the processor, in one type and in order.
bool fits_kernels(const std::vector<Entry> &entries) {
  if (entries.empty()) return false;
  const at::ScalarType type = entries[0].weight.scalar_type();
  if (type != at::kFloat && type != at::kDouble) return false;
  const auto fits = [&](const at::Tensor &tensor) {
    return !tensor.defined() || (tensor.device().is_cpu() && tensor.scalar_type() == type &&
                                 tensor.is_contiguous());
  };
  return std::all_of(entries.begin(), entries.end(), [&](const Entry &entry) {
    return fits(entry.weight) && fits(entry.gradient) && fits(entry.first) && fits(entry.second);
  });
}

/// The numbers of the entries; they must outlive it.
class Parameters {
 public:
  explicit Parameters(const std::vector<Entry> &entries) {
    for (const Entry &entry : entries) {
      values_.push_back({entry.weight.data_ptr(), entry.gradient.data_ptr(), data(entry.first),
                         data(entry.second), entry.weight.numel()});
      is_double_ = entry.weight.scalar_type() == at::kDouble;
    }
  }

  ckernels_parameters list() const {
    return {values_.data(), static_cast<int64_t>(values_.size()), is_double_};
  }

 private:
  std::vector<ckernels_parameter> values_;
  bool is_double_ = false;

  static void *data(const at::Tensor &tensor) {
    return tensor.defined() ? tensor.data_ptr() : nullptr;
  }
};

void succeed(int status) { TORCH_CHECK(status == 0, ckernels_last_error()); }

double norm_of(const std::vector<Entry> &entries) {
  double squares = 0;
  for (const Entry &entry : entries) {
    squares += entry.gradient.to(at::kDouble).square().sum().item().toDouble();
  }
  return std::sqrt(squares);
}

void step(const Entry &entry, const ckernels_sgd &rule) {
  const at::Tensor gradient = entry.gradient * rule.scale + entry.weight * rule.decay;
  entry.first.mul_(rule.momentum).add_(gradient);
  const at::Tensor along = rule.is_nesterov ? gradient + entry.first * rule.momentum : entry.first;
  entry.weight.add_(along, -rule.rate);
}

void step(const Entry &entry, const ckernels_adamw &rule) {
  const at::Tensor gradient = entry.gradient * rule.scale;
  entry.first.mul_(rule.mean_share).add_(gradient, 1 - rule.mean_share);
  entry.second.mul_(rule.square_share).addcmul_(gradient, gradient, 1 - rule.square_share);
  const at::Tensor below = entry.second.sqrt().div_(rule.root_correction).add_(rule.epsilon);
  entry.weight.mul_(1 - rule.rate * rule.decay);
  entry.weight.addcdiv_(entry.first, below, -rule.rate / rule.mean_correction);
}

int step(ckernels_parameters list, const ckernels_sgd &rule) {
  return ckernels_sgd_step(list, rule);
}

int step(ckernels_parameters list, const ckernels_adamw &rule) {
  return ckernels_adamw_step(list, rule);
}

ckernels_sgd corrected(const ckernels_sgd &rule, float) { return rule; }

/// The rule for weights that have had so many updates.
ckernels_adamw corrected(ckernels_adamw rule, float updates) {
  const double count = static_cast<double>(updates) + 1;
  rule.mean_correction = 1 - std::pow(rule.mean_share, count);
  rule.root_correction = std::sqrt(1 - std::pow(rule.square_share, count));
  return rule;
}

/// One step of entries that have had equally many updates.
template <typename Rule>
void step_all(const std::vector<Entry> &entries, const Rule &rule, bool is_fused) {
  if (is_fused) succeed(step(Parameters(entries).list(), rule));
  for (const Entry &entry : entries) {
    if (!is_fused) step(entry, rule);
    // What the graph or a cache keeps of the weight is out of date.
    if (is_fused) entry.weight.unsafeGetTensorImpl()->bump_version();
    if (entry.updates) *entry.updates += 1;
  }
}

/// Measures the norm, and then applies `rule` to the clipped gradients if the norm is a number.
template <typename Rule>
void update(double *result, const ctorch_weights &weights, float *updates, double limit,
            Rule rule) {
  const c10::NoGradGuard unrecorded;
  const std::vector<Entry> entries = entries_of(weights, updates);
  const bool is_fused = fits_kernels(entries);
  double norm = 0;
  if (is_fused) succeed(ckernels_gradient_norm(&norm, Parameters(entries).list()));
  if (!is_fused) norm = norm_of(entries);
  *result = norm;
  if (!std::isfinite(norm)) return;
  // As in PyTorch's `clip_grad_norm_`.
  rule.scale = limit > 0 ? std::min(1.0, limit / (norm + 1e-6)) : 1.0;
  std::map<float, std::vector<Entry>> groups;
  for (const Entry &entry : entries) groups[entry.updates ? *entry.updates : 0].push_back(entry);
  for (const auto &[count, group] : groups) step_all(group, corrected(rule, count), is_fused);
}

}  // namespace

int ctorch_sgd_step(double *norm, ctorch_weights weights, double limit, double rate,
                    double momentum, double decay, int is_nesterov) {
  return guarded([&] {
    update(norm, weights, nullptr, limit, ckernels_sgd{rate, 1, decay, momentum, is_nesterov});
  });
}

int ctorch_adamw_step(double *norm, ctorch_weights weights, ctorch_tensor *updates, double limit,
                      ctorch_adamw rule) {
  return guarded([&] {
    const at::Tensor &counts = updates->storage;
    TORCH_CHECK(counts.dim() == 1 && counts.size(0) == weights.count && counts.is_contiguous() &&
                    counts.scalar_type() == at::kFloat && counts.device().is_cpu(),
                "the counts of updates need to be ", weights.count, " float32 on the processor");
    update(norm, weights, counts.data_ptr<float>(), limit,
           ckernels_adamw{rule.rate, 1, rule.decay, rule.mean_share, rule.square_share, 1, 1,
                          rule.epsilon});
  });
}
