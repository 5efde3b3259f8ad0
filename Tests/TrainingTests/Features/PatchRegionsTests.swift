import Testing

@testable import Training

struct PatchRegionsTests {
  private let size: SIMD3<Int> = [6, 6, 6]

  /// Class 1 at one voxel, class 2 nowhere.
  private var classes: [UInt8] {
    var classes = [UInt8](repeating: 0, count: 216)
    classes[3 + 6 * (2 + 6 * 5)] = 1
    return classes
  }

  private func regions(_ patches: PatchRegions, of name: String = "a") -> [FeatureRegion] {
    patches.regions(
      ofCase: name, classes: classes, size: size, spacing: [1, 2, 4],
      labels: ["core", "shell"])
  }

  @Test func everyClassThatIsThereHasItsPatches() {
    let found = regions(PatchRegions(perLabel: 3, edge: 5))
    #expect(found.map(\.name) == ["patch-0", "patch-1", "patch-2", "patch-3"])
    #expect(found.map(\.label) == ["background", "background", "background", "core"])
    #expect(Set(found.map(\.extent)).count == 4)
  }

  /// 5 mm are 5 voxels of 1 mm, 3 of 2 mm and 1 of 4 mm; at the border less.
  @Test func theBoxHasTheEdgeInMillimetres() {
    let found = regions(PatchRegions(perLabel: 1, edge: 5))
    #expect(found[1].extent == .box([1, 1, 5], [6, 4, 6]))
  }

  @Test func nameAndSeedDecide() {
    let patches = PatchRegions(perLabel: 3)
    #expect(regions(patches) == regions(patches))
    #expect(regions(patches, of: "b") != regions(patches))
    #expect(regions(PatchRegions(perLabel: 3, seed: 2)) != regions(patches))
  }
}
