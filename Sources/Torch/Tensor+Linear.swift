internal import CTorch

// Matrices `[rows, columns]`. All of these can be differentiated but the singular vectors, which
// are determined up to a sign and are given without a gradient.
extension Tensor {
  /// The matrix product of `[n, k]` and `[k, m]`; axes before these two are batches of matrices.
  public func matrixProduct(_ other: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("matrix product of \(shape) and \(other.shape)") {
      ctorch_matrix_product(&$0, pointer, other.pointer)
    }
  }

  /// The matrix with rows and columns exchanged.
  public func transposed() throws(TorchError) -> Tensor {
    try permuted([1, 0])
  }

  /// The lower triangle L with L · Lᵀ equal to this symmetric, positive definite matrix.
  ///
  /// - Throws: ``TorchError`` also when the matrix is not positive definite.
  public func choleskyFactor() throws(TorchError) -> Tensor {
    try Tensor.make("Cholesky factor of \(shape)") { ctorch_cholesky(&$0, pointer) }
  }

  /// The matrix X with L · X equal to `right`, L being the lower triangle of this matrix.
  public func lowerTriangleSolved(_ right: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("solution of the lower triangle \(shape) for \(right.shape)") {
      ctorch_lower_solved(&$0, pointer, right.pointer)
    }
  }

  /// The singular values, largest first: as many as the shorter axis is long.
  ///
  /// Their gradient is one of several possible where one of them is 0 or two are equal; that of
  /// their sum only where one is 0.
  public func singularValues() throws(TorchError) -> Tensor {
    try Tensor.make("singular values of \(shape)") { ctorch_singular_values(&$0, pointer) }
  }

  /// This matrix `[n, m]` as U `[n, k]` · diagonal of `values` `[k]` · Vᵀ `[k, m]`, k = min(n, m).
  public func singularVectors() throws(TorchError) -> (left: Tensor, values: Tensor, right: Tensor)
  {
    let input = try detached()
    var (left, values, right): (OpaquePointer?, OpaquePointer?, OpaquePointer?) = (nil, nil, nil)
    try check("singular vectors of \(shape)") {
      ctorch_singular_vectors(&left, &values, &right, input.pointer)
    }
    guard let left, let values, let right else {
      throw TorchError(operation: "singular vectors of \(shape)", reason: "CTorch gave no tensor")
    }
    return (Tensor(owning: left), Tensor(owning: values), Tensor(owning: right))
  }

  /// The elements of the first axis at `rows`, in that order; gradients reach those alone.
  public func rows(_ rows: [Int]) throws(TorchError) -> Tensor {
    try Tensor.make("selection of \(rows.count) rows from \(shape)") {
      ctorch_rows(&$0, pointer, rows, rows.count)
    }
  }
}
