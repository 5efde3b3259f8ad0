// Matrices: products, factors, and what is solved with them.

#include <memory>

#include "guard.hpp"

using namespace ctorch;

int ctorch_matrix_product(ctorch_tensor **result, const ctorch_tensor *left,
                          const ctorch_tensor *right) {
  return computed(result, [&] { return at::matmul(plain(left), plain(right)); });
}

int ctorch_cholesky(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::linalg_cholesky(plain(input)); });
}

int ctorch_lower_solved(ctorch_tensor **result, const ctorch_tensor *factor,
                        const ctorch_tensor *right) {
  return computed(result, [&] {
    return at::linalg_solve_triangular(plain(factor), plain(right), /*upper=*/false);
  });
}

int ctorch_singular_values(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return at::linalg_svdvals(plain(input)); });
}

int ctorch_singular_vectors(ctorch_tensor **left, ctorch_tensor **values, ctorch_tensor **right,
                            const ctorch_tensor *input) {
  return guarded([&] {
    auto [u, s, v] = at::linalg_svd(plain(input), /*full_matrices=*/false);
    // Nothing is handed over before everything is there, so that a failure leaks nothing.
    std::unique_ptr<ctorch_tensor> first(new ctorch_tensor{u});
    std::unique_ptr<ctorch_tensor> second(new ctorch_tensor{s});
    std::unique_ptr<ctorch_tensor> third(new ctorch_tensor{v});
    *left = first.release();
    *values = second.release();
    *right = third.release();
  });
}

int ctorch_rows(ctorch_tensor **result, const ctorch_tensor *input, const ptrdiff_t *rows,
                ptrdiff_t count) {
  return computed(result, [&] {
    auto index = at::empty({static_cast<int64_t>(count)}, at::TensorOptions(at::kLong));
    for (ptrdiff_t row = 0; row < count; ++row) index.data_ptr<int64_t>()[row] = rows[row];
    return at::index_select(plain(input), 0, index.to(plain(input).device()));
  });
}
