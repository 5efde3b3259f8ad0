import CKernels
import TestSupport
import Testing

struct BlurTests {
  @Test func agreesWithNNUNet() throws {
    for found in ReferencePatch.changed({
      ckernels_blur($0, $1, ReferencePatch.size, [0.6, 0.9, 1.0])
    }) {
      expectClose(found, try ReferencePatch.reference("blur"), within: 3e-6)
    }
  }

  @Test(arguments: [1, 2, 3] as [Int64])
  func aFlatPatchStaysFlatHoweverSmall(length: Int64) {
    let size = ckernels_size(x: length, y: 1, z: 2)
    var patch = [Float](repeating: 3, count: Int(2 * length))
    var scratch = patch
    #expect(ckernels_blur(&patch, &scratch, size, [1, 1, 1]) == 0)
    expectClose(patch, [Float](repeating: 3, count: Int(2 * length)), within: 1e-6)
  }

  @Test func aSigmaOfZeroIsRefused() {
    var (patch, scratch): (Float, Float) = (1, 1)
    #expect(ckernels_blur(&patch, &scratch, ckernels_size(x: 1, y: 1, z: 1), [0, 1, 1]) == 1)
    #expect(String(cString: ckernels_last_error()) == "a sigma is not above 0 and below 1.25")
  }
}
