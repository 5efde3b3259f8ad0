import Testing
import Torch

@testable import Training

struct WindowTensorsTests {
  /// A case of 5 × 3 × 2 voxels that count from 0.
  private func tensors(window: [Int], patch: [Int]) throws -> (WindowTensors, WindowGrid) {
    let grid = WindowGrid(size: [5, 3, 2], patch: patch, window: window, step: 0.5)
    let image = (0..<30).map { Float($0) }
    return (
      try WindowTensors([image, nil], size: [5, 3, 2], grid: grid, classes: 1, device: .cpu), grid
    )
  }

  @Test func windowsReadTheCaseAndZeroBeyondItAndForAMissingModality() throws {
    // The window of 4³ covers three of y and two of z with a margin of 0 and 1 before them.
    let (tensors, grid) = try tensors(window: [4, 4, 4], patch: [4, 4, 4])
    #expect(grid.corners == [SIMD3(0, 0, -1), SIMD3(1, 0, -1)])
    let inputs = try tensors.inputs(at: grid.corners[1])
    #expect(inputs.map(\.shape) == [[1, 1, 4, 4, 4], [1, 1, 4, 4, 4]])
    let values = try inputs[0].floats()
    #expect(values[0..<16].allSatisfy { $0 == 0 })
    #expect(Array(values[16..<32]) == [1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 0, 0, 0, 0])
    #expect(try inputs[1].floats().allSatisfy { $0 == 0 })
  }

  @Test func theMeanOfWindowsThatAgreeIsWhatTheySay() throws {
    let (tensors, grid) = try tensors(window: [4, 4, 4], patch: [4, 4, 4])
    for corner in grid.corners { try tensors.add(tensors.inputs(at: corner)[0], at: corner) }
    let means = try tensors.means()
    for (index, mean) in means.enumerated() { #expect(abs(mean - Float(index)) < 1e-4) }
  }
}
