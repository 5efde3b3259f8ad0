import Architecture
import Testing

@testable import Training

struct WindowSizeTests {
  private func window(
    for size: SIMD3<Int>, memory: Int = 1 << 30, scale: Double = 8
  ) throws -> [Int] {
    var options = InferenceOptions()
    options.memory = memory
    options.windowScale = scale
    return try WindowSize(
      plan: Fixtures.plan(), design: .early(["ct", "mri"]), options: options
    ).choose(for: size, of: "case-07")
  }

  @Test func theWholeCaseIsOneWindowWhereItFits() throws {
    // Rounded up to the pyramid's reduction of 4, and never below the patch of 8.
    #expect(try window(for: [30, 21, 5]) == [32, 24, 8])
  }

  @Test func theScaleBoundsTheWindow() throws {
    #expect(try window(for: [30, 21, 5], scale: 1) == [8, 8, 8])
    // 1.7 patches are 13.6 voxels, of which a pyramid can halve 12.
    #expect(try window(for: [30, 21, 5], scale: 1.7) == [12, 12, 8])
  }

  @Test func lessMemoryMakesSmallerWindowsButNeverBelowThePatch() throws {
    var volumes: [Int] = []
    for megabytes in [64, 16, 8, 4, 3] {
      let window = try window(for: [40, 40, 40], memory: megabytes << 20)
      #expect(window.allSatisfy { $0 >= 8 && $0 % 4 == 0 })
      volumes.append(window.reduce(1, *))
    }
    #expect(volumes[0] == 64_000)
    #expect(volumes == volumes.sorted(by: >))
    #expect(volumes[4] < volumes[0])
  }

  @Test func tooLittleForAPatchIsRefused() {
    let error = #expect(throws: TrainingError.self) {
      try window(for: [40, 40, 40], memory: 1 << 20)
    }
    #expect(
      error?.description == """
        case-07: it does not fit into the promised memory.
          promised: 1 MB
          needed:   3 MB
        Promise more with --max-memory, or train with a smaller patch.
        """)
  }
}
