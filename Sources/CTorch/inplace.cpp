// Changes in place, for optimisers. None of them is recorded.

#include <c10/core/GradMode.h>

#include "blocked/layout.hpp"
#include "guard.hpp"

using namespace ctorch;

namespace {

/// Runs `change` on the tensor of `target` without recording it.
template <typename Change>
int changed(ctorch_tensor *target, Change change) noexcept {
  return guarded([&] {
    const c10::NoGradGuard unrecorded;
    if (!is_blocked(target)) {
      change(target->storage);
      return;
    }
    at::Tensor value = plain(target);
    change(value);
    target->storage.copy_(to_blocked(value));
  });
}

}  // namespace

int ctorch_in_place_add(ctorch_tensor *target, const ctorch_tensor *other, double scale) {
  return changed(target, [&](at::Tensor &value) { value.add_(plain(other), scale); });
}

int ctorch_in_place_multiply(ctorch_tensor *target, double factor) {
  return changed(target, [&](at::Tensor &value) { value.mul_(factor); });
}

int ctorch_in_place_add_product(ctorch_tensor *target, const ctorch_tensor *left,
                                const ctorch_tensor *right, double scale) {
  return changed(target, [&](at::Tensor &value) {
    value.addcmul_(plain(left), plain(right), scale);
  });
}

int ctorch_in_place_add_quotient(ctorch_tensor *target, const ctorch_tensor *left,
                                 const ctorch_tensor *right, double scale) {
  return changed(target, [&](at::Tensor &value) {
    value.addcdiv_(plain(left), plain(right), scale);
  });
}

int ctorch_in_place_copy(ctorch_tensor *target, const ctorch_tensor *source) {
  return changed(target, [&](at::Tensor &value) {
    TORCH_CHECK(value.sizes() == plain(source).sizes(), "the shapes differ");
    value.copy_(plain(source));
  });
}

int ctorch_in_place_fill(ctorch_tensor *target, double number) {
  return changed(target, [&](at::Tensor &value) { value.fill_(number); });
}

int ctorch_move(ctorch_tensor *target, int type, int number) {
  return guarded([&] {
    const c10::NoGradGuard unrecorded;
    const bool is_weight = target->storage.requires_grad();
    target->storage = plain(target).detach().to(device(number), scalar_type(type),
                                                /*non_blocking=*/false, /*copy=*/true);
    target->channels = 0;
    target->storage.set_requires_grad(is_weight);
  });
}
