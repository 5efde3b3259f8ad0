// Arithmetic, element by element, with broadcasting.

#include "guard.hpp"

using namespace ctorch;

int ctorch_add(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] { return at::add(left->value, right->value); });
}

int ctorch_subtract(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] { return at::sub(left->value, right->value); });
}

int ctorch_multiply(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] { return at::mul(left->value, right->value); });
}

int ctorch_divide(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] { return at::div(left->value, right->value); });
}

int ctorch_larger(ctorch_tensor **result, const ctorch_tensor *left, const ctorch_tensor *right) {
  return computed(result, [&] { return at::maximum(left->value, right->value); });
}

int ctorch_add_number(ctorch_tensor **result, const ctorch_tensor *left, double right) {
  return computed(result, [&] { return at::add(left->value, right); });
}

int ctorch_multiply_number(ctorch_tensor **result, const ctorch_tensor *left, double right) {
  return computed(result, [&] { return at::mul(left->value, right); });
}

int ctorch_divide_number(ctorch_tensor **result, const ctorch_tensor *left, double right) {
  return computed(result, [&] { return at::div(left->value, right); });
}

int ctorch_subtract_from_number(ctorch_tensor **result, const ctorch_tensor *left, double right) {
  return computed(result, [&] { return at::rsub(left->value, right); });
}

int ctorch_power(ctorch_tensor **result, const ctorch_tensor *base, double exponent) {
  return computed(result, [&] { return at::pow(base->value, exponent); });
}

int ctorch_clamped(ctorch_tensor **result, const ctorch_tensor *input, double low, double high) {
  return computed(result, [&] {
    return at::clamp(input->value, at::Scalar(low), at::Scalar(high));
  });
}

int ctorch_negated(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::neg(input->value); });
}

int ctorch_absolute(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::abs(input->value); });
}

int ctorch_exp(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::exp(input->value); });
}

int ctorch_log(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::log(input->value); });
}

int ctorch_square_root(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::sqrt(input->value); });
}

int ctorch_sigmoid(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::sigmoid(input->value); });
}

int ctorch_leaky_relu(ctorch_tensor **result, const ctorch_tensor *input, double slope) {
  return computed(result, [&] { return at::leaky_relu(input->value, slope); });
}
