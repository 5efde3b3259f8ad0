import TestSupport
import Testing
import Torch

struct TensorLinearTests {
  @Test func multipliesMatrices() throws {
    // 1 2   5 6   19 22
    // 3 4   7 8   43 50
    let left = try Tensor([1, 2, 3, 4] as [Double], shape: [2, 2])
    let right = try Tensor([5, 6, 7, 8] as [Double], shape: [2, 2])
    #expect(try left.matrixProduct(right).doubles() == [19, 22, 43, 50])
    #expect(try left.transposed().doubles() == [1, 3, 2, 4])
  }

  @Test func matricesThatDoNotFitAreNamed() throws {
    let matrix = try Tensor.ones([2, 3])
    let error = #expect(throws: TorchError.self) { try matrix.matrixProduct(matrix) }
    #expect(error?.operation == "matrix product of [2, 3] and [2, 3]")
  }

  @Test func factorsAPositiveDefiniteMatrix() throws {
    // 4 2   2 0   2 1
    // 2 5   1 2 · 0 2
    let factor = try Tensor([4, 2, 2, 5] as [Double], shape: [2, 2]).choleskyFactor()
    #expect(try factor.doubles() == [2, 0, 1, 2])
    // 2a = 2, a + 2b = 7
    let right = try Tensor([2, 7] as [Double], shape: [2, 1])
    #expect(try factor.lowerTriangleSolved(right).doubles() == [1, 3])
  }

  @Test func aMatrixThatIsNotPositiveDefiniteIsAnError() throws {
    let matrix = try Tensor([1, 2, 2, 1] as [Double], shape: [2, 2])
    let error = #expect(throws: TorchError.self) { try matrix.choleskyFactor() }
    #expect(error?.operation == "Cholesky factor of [2, 2]")
    #expect(error?.reason.contains("positive-definite") == true)
  }

  @Test func singularVectorsMakeUpTheMatrix() throws {
    let numbers = wave(15, step: 1.7)
    let matrix = try Tensor(numbers, shape: [5, 3])
    let (left, values, right) = try matrix.singularVectors()
    #expect(left.shape == [5, 3])
    #expect(right.shape == [3, 3])
    expectClose(try (left * values).matrixProduct(right).doubles(), numbers, within: 1e-12)
    let found = try matrix.singularValues().doubles()
    expectClose(found, try values.doubles(), within: 1e-12)
    #expect(found == found.sorted(by: >))
  }

  @Test func theSingularValuesOfADiagonalAreItsSizes() throws {
    let matrix = try Tensor([0, -3, 2, 0] as [Double], shape: [2, 2])
    expectClose(try matrix.singularValues().doubles(), [3, 2], within: 1e-12)
  }

  @Test func gradientsAgreeWithDifferences() throws {
    // A product, a factor, a solution and singular values, one after the other.
    func value(_ numbers: [Double]) throws -> Tensor {
      let matrix = try Tensor(numbers, shape: [3, 3])
      try matrix.markAsWeight()
      let ridge = try Tensor([1, 0, 0, 0, 1, 0, 0, 0, 1] as [Double], shape: [3, 3])
      let factor = try (matrix.transposed().matrixProduct(matrix) + ridge).choleskyFactor()
      let sum = try factor.lowerTriangleSolved(matrix).singularValues().sum()
      try sum.backward()
      return try Tensor([sum.item()] + (matrix.gradient?.doubles() ?? []), shape: [10])
    }
    // A sine of even pace has rank 2, and a singular value of 0 has no slope; hence the diagonal.
    let numbers = zip(wave(9, step: 2.3), [1, 0, 0, 0, 1, 0, 0, 0, 1]).map(+)
    let expected = try finiteDifference(at: numbers) { try value($0).doubles()[0] }
    expectClose(Array(try value(numbers).doubles().dropFirst()), expected, within: 1e-7)
  }

  @Test func rowsAreTakenInOrderAndGradientsReachThemAlone() throws {
    let matrix = try Tensor([1, 2, 3, 4, 5, 6] as [Double], shape: [3, 2])
    try matrix.markAsWeight()
    let rows = try matrix.rows([2, 0])
    #expect(try rows.doubles() == [5, 6, 1, 2])
    try rows.sum().backward()
    #expect(try matrix.gradient?.doubles() == [1, 1, 0, 0, 1, 1])
    let error = #expect(throws: TorchError.self) { try matrix.rows([3]) }
    #expect(error?.operation == "selection of 1 rows from [3, 2]")
  }
}
