// Arithmetic, element by element, with broadcasting.

#include <cmath>

#include "blocked/elementwise.hpp"
#include "guard.hpp"

using namespace ctorch;

int ctorch_add(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] {
    return combined(left, right, [](const at::Tensor &a, const at::Tensor &b) {
      return at::add(a, b);
    });
  });
}

int ctorch_subtract(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] {
    return combined(left, right, [](const at::Tensor &a, const at::Tensor &b) {
      return at::sub(a, b);
    });
  });
}

int ctorch_multiply(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] { return product(left, right); });
}

int ctorch_divide(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] { return at::div(plain(left), plain(right)); });
}

int ctorch_larger(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] {
    return combined(left, right, [](const at::Tensor &a, const at::Tensor &b) {
      return at::maximum(a, b);
    });
  });
}

int ctorch_add_number(ctorch_tensor **result, const ctorch_tensor *left, double right) {
  return computed(result, [&] { return at::add(plain(left), right); });
}

int ctorch_multiply_number(ctorch_tensor **result, const ctorch_tensor *left, double right) {
  return computed(result, [&] {
    // Infinity would turn the zeros of spare lanes into NaN.
    if (!std::isfinite(right)) return ctorch_tensor{at::mul(plain(left), right)};
    return mapped(left, [&](const at::Tensor &numbers) { return at::mul(numbers, right); });
  });
}

int ctorch_divide_number(ctorch_tensor **result, const ctorch_tensor *left, double right) {
  return computed(result, [&] {
    if (right == 0 || !std::isfinite(right)) return ctorch_tensor{at::div(plain(left), right)};
    return mapped(left, [&](const at::Tensor &numbers) { return at::div(numbers, right); });
  });
}

int ctorch_subtract_from_number(ctorch_tensor **result, const ctorch_tensor *left, double right) {
  return computed(result, [&] { return at::rsub(plain(left), right); });
}

int ctorch_power(ctorch_tensor **result, const ctorch_tensor *base, double exponent) {
  return computed(result, [&] { return at::pow(plain(base), exponent); });
}

int ctorch_clamped(ctorch_tensor **result, const ctorch_tensor *input, double low, double high) {
  return computed(result, [&] {
    return at::clamp(plain(input), at::Scalar(low), at::Scalar(high));
  });
}

int ctorch_negated(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return mapped(input, at::neg); });
}

int ctorch_absolute(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return mapped(input, at::abs); });
}

int ctorch_exp(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::exp(plain(input)); });
}

int ctorch_log(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::log(plain(input)); });
}

int ctorch_square_root(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::sqrt(plain(input)); });
}

int ctorch_sigmoid(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::sigmoid(plain(input)); });
}

int ctorch_leaky_relu(ctorch_tensor **result, const ctorch_tensor *input, double slope) {
  return computed(result, [&] {
    return mapped(input, [&](const at::Tensor &numbers) { return at::leaky_relu(numbers, slope); });
  });
}

int ctorch_silu(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return mapped(input, at::silu); });
}

int ctorch_gelu(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] {
    return mapped(input, [](const at::Tensor &numbers) { return at::gelu(numbers, "none"); });
  });
}
