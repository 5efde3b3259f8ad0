import Imaging
import Testing

@Suite struct CheckerboardTests {
  private let grid = Geometry(size: [10, 20, 5], spacing: [2, 1, 4])

  private func pixel(_ image: PNGImage, _ column: Int, _ row: Int) -> UInt16 {
    image.pixels[(row * image.width + column) * 3]
  }

  /// A box of 20 mm a side: each of three tiles is as long as is asked, and a row holds a title.
  @Test func thereIsARowPerPlacementAndATilePerPlane() {
    let scan = Volume<Float>(geometry: grid, voxels: (0..<1000).map { Float($0 % 10) })
    let image = Checkerboard.picture(
      of: scan, with: [(title: "a", volume: scan), (title: "b", volume: scan)], tileSize: 80)
    #expect(image.width == 3 * 80 + 2 * 4)
    #expect(image.height == 2 * (22 + 80))
  }

  /// The fixed scan grows brighter to the right of the patient, the other is empty.
  @Test func fieldsComeInTurnFromTheTwoScans() {
    let ramp = Volume<Float>(geometry: grid, voxels: (0..<1000).map { Float($0 % 10) })
    let empty = Volume<Float>(geometry: grid, filledWith: 0)
    let image = Checkerboard.picture(of: ramp, with: [(title: "", volume: empty)], tileSize: 80)
    // Fields are 10 pixels wide; the patient's right, which is bright, is on the left.
    #expect(pixel(image, 5, 22 + 5) > 200)
    #expect(pixel(image, 15, 22 + 5) == 0)
    #expect(pixel(image, 5, 22 + 15) == 0)
    #expect(pixel(image, 15, 22 + 15) > 100)
    #expect(pixel(image, 65, 22 + 5) < pixel(image, 5, 22 + 5))
  }
}
