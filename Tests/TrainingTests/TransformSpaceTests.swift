import Architecture
import Testing

@testable import Training

struct TransformSpaceTests {
  private func space(patch: [Int], spacing: [Double]) -> TransformSpace {
    let base = Fixtures.plan()
    return TransformSpace(
      of: Plan(
        dataset: base.dataset, reference: base.reference, modalities: base.modalities,
        labels: base.labels, spacing: spacing, patchSize: patch, batchSize: 2,
        topology: base.topology))
  }

  @Test func aThinPatchAcrossCoarseVoxelsIsTurnedSliceBySlice() {
    #expect(space(patch: [64, 64, 20], spacing: [1, 1, 5]) == .slices(across: 2))
    #expect(space(patch: [20, 64, 64], spacing: [5, 1, 1]) == .slices(across: 0))
  }

  @Test func threeTimesIsNotMoreThanThreeTimes() {
    #expect(space(patch: [60, 60, 20], spacing: [1, 1, 5]) == .volume)
  }

  @Test func equallyCoarseAxesCountAsTheLast() {
    #expect(space(patch: [16, 64, 64], spacing: [1, 1, 1]) == .volume)
    #expect(space(patch: [64, 64, 16], spacing: [1, 1, 1]) == .slices(across: 2))
  }
}
