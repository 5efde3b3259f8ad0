// Winograd's minimal filtering F(4, 3): four outputs of three taps for six products instead of twelve.
//
// Cook and Toom's construction at the points 0, 1, -1, 1/2, -2 and infinity, which lose the fewest digits
// of those for six products (Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd
// Convolution for Deep Neural Networks", ACM TOMS 46, 2020). Along two axes the result is 1.3e-6 of its
// norm off, where adding up the products one by one is 0.5e-6 off.

#pragma once

#include "../processor.hpp"

namespace ckernels::winograd {

/// How many outputs, and how many products for them, there are along an axis.
enum { outputs = 4, products = 6, taps = 3 };

/// What six inputs, the first one before the outputs' first, contribute to each product.
template <typename Vector>
CKERNELS_INLINE void transform_inputs(Vector *result, int64_t step, const Vector (&x)[products]) {
  const Vector odd = x[3] - x[1], even = x[4] - x[2];
  result[0] = 1.5f * odd + (-2.0f * x[2] + (x[0] + x[4]));
  result[step] = 2.5f * x[3] + (0.5f * x[2] + (x[4] - x[1]));
  result[2 * step] = 0.5f * x[3] + (-2.5f * x[2] + (x[4] + x[1]));
  result[3 * step] = 2.0f * odd + even;
  result[4 * step] = -0.5f * odd + even;
  result[5 * step] = 1.5f * even + (-2.0f * x[3] + (x[1] + x[5]));
}

/// What three weights contribute to each product.
template <typename Vector>
CKERNELS_INLINE void transform_weights(Vector *result, int64_t step, const Vector (&w)[taps]) {
  const Vector ends = w[0] + w[2];
  result[0] = w[0];
  result[step] = (ends + w[1]) * (1.0f / 3);
  result[2 * step] = (w[1] - ends) * (1.0f / 3);
  result[3 * step] = -16.0f / 15 * w[0] + (-8.0f / 15 * w[1] + -4.0f / 15 * w[2]);
  result[4 * step] = 1.0f / 15 * w[0] + (-2.0f / 15 * w[1] + 4.0f / 15 * w[2]);
  result[5 * step] = w[2];
}

/// The four outputs that six products make.
template <typename Vector>
CKERNELS_INLINE void transform_products(Vector *result, int64_t step, const Vector (&m)[products]) {
  const Vector sum = m[1] + m[2], difference = m[1] - m[2];
  result[0] = (m[0] + sum) + (m[3] + m[4]);
  result[step] = 0.5f * m[3] + (-2.0f * m[4] + difference);
  result[2 * step] = 0.25f * m[3] + (4.0f * m[4] + sum);
  result[3 * step] = 0.125f * m[3] + (-8.0f * m[4] + (difference + m[5]));
}

/// What the gradients of four outputs contribute to each product of a weight gradient: F(3, 4), the same
/// products for three weights and four outputs, on the same inputs.
template <typename Vector>
CKERNELS_INLINE void transform_gradients(Vector *result, int64_t step, const Vector (&g)[outputs]) {
  const Vector even = g[0] + g[2], odd = g[1] + g[3];
  result[0] = g[0];
  result[step] = (even + odd) * (1.0f / 3);
  result[2 * step] = (odd - even) * (1.0f / 3);
  result[3 * step] = -16.0f / 15 * (g[0] + (0.5f * g[1] + (0.25f * g[2] + 0.125f * g[3])));
  result[4 * step] = 1.0f / 15 * (g[0] + (-2.0f * g[1] + (4.0f * g[2] + -8.0f * g[3])));
  result[5 * step] = g[3];
}

/// The gradients of three weights that six sums of products make.
template <typename Vector>
CKERNELS_INLINE void transform_sums(Vector *result, int64_t step, const Vector (&m)[products]) {
  const Vector sum = m[1] + m[2], difference = m[1] - m[2];
  result[0] = (m[0] + sum) + (m[3] + m[4]);
  result[step] = 0.5f * m[3] + (-2.0f * m[4] + difference);
  result[2 * step] = 0.25f * m[3] + (4.0f * m[4] + (sum + m[5]));
}

}  // namespace ckernels::winograd
