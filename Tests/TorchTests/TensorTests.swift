import Testing
import Torch

struct TensorTests {
  @Test func knowsItsShapeTypeAndPlace() throws {
    let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(tensor.shape == [2, 3])
    #expect(tensor.elementCount == 6)
    #expect(tensor.scalarType == .float32)
    #expect(tensor.device == .cpu)
    #expect(tensor.description == "float32 [2, 3] on cpu")
  }

  @Test func singleNumbersHaveAnEmptyShape() throws {
    let tensor = try Tensor([2.5], shape: [])
    #expect(tensor.shape == [])
    #expect(tensor.elementCount == 1)
    #expect(try tensor.item() == 2.5)
  }

  @Test func emptyTensorsAreTensors() throws {
    let tensor = try Tensor([Float](), shape: [0, 3])
    #expect(tensor.shape == [0, 3])
    #expect(try tensor.floats() == [])
    #expect(try tensor.sum().item() == 0)
  }

  @Test func operandsOutliveTheOperationsTheyAreIn() throws {
    var total = try Tensor.zeros([64, 64])
    for _ in 0..<500 {
      total = try (Tensor.ones([64, 64]) * 2 - Tensor.ones([64, 64])) + total
    }
    #expect(try total.mean().item() == 500)
  }
}
