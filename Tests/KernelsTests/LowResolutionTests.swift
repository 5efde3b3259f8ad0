import CKernels
import TestSupport
import Testing

struct LowResolutionTests {
  @Test func agreesWithNNUNet() throws {
    // 0.6 of 11, 9 and 7 voxels.
    let coarse = ckernels_size(x: 7, y: 5, z: 4)
    for found in ReferencePatch.changed({
      ckernels_lower_resolution($0, $1, ReferencePatch.size, coarse)
    }) {
      expectClose(found, try ReferencePatch.reference("low resolution"), within: 3e-6)
    }
  }

  @Test func theSameGridChangesNothing() {
    let image = ReferencePatch.image.map { Double($0) }
    for found in ReferencePatch.changed({
      ckernels_lower_resolution($0, $1, ReferencePatch.size, ReferencePatch.size)
    }) {
      #expect(found == image)
    }
  }

  @Test func aFinerGridIsRefused() {
    let finer = ckernels_size(x: 12, y: 9, z: 7)
    let found = ReferencePatch.changed {
      ckernels_lower_resolution($0, $1, ReferencePatch.size, finer)
    }
    #expect(found == [[], []])
    #expect(String(cString: ckernels_last_error()) == "the coarse grid is finer than the patch")
  }
}
