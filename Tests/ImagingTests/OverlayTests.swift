import Imaging
import Testing

@Suite struct OverlayTests {
  static let grid = Geometry(
    size: [10, 10, 3], spacing: [2, 2, 4], direction: .radiological)

  /// A scan of equal grey and a bright first voxel.
  static let scan = Volume<Float>(
    geometry: grid, voxels: (0..<300).map { $0 == 0 ? 100 : Float($0 % 10) })

  /// A square of label 1 in the middle of the last slice.
  static var mask: LabelMap {
    var mask = LabelMap(geometry: grid, filledWith: 0)
    for y in 3...6 {
      for x in 3...6 { mask[x, y, 2] = 1 }
    }
    return mask
  }

  /// Red, green and blue of a pixel.
  static func pixel(_ image: PNGImage, _ column: Int, _ row: Int) -> [UInt16] {
    let start = (row * image.width + column) * 3
    return Array(image.pixels[start..<start + 3])
  }

  @Test func thereIsATileOfTheAskedSizePerScan() {
    let image = Overlay.picture(
      of: [(title: "CT", volume: Self.scan), (title: "MRI", volume: Self.scan)],
      prediction: Self.mask, tileSize: 200)
    #expect(image.width == 404)
    #expect(image.height == 222)
    #expect(image.channels == 3)
  }

  @Test func pixelsAreSquareWhateverTheSpacing() {
    let flat = Geometry(size: [10, 10, 3], spacing: [2, 1, 4])
    let image = Overlay.picture(
      of: [(title: "", volume: Self.scan)], prediction: LabelMap(geometry: flat, filledWith: 0),
      tileSize: 200)
    #expect(image.width == 200)
    #expect(image.height == 22 + 100)
  }

  @Test func thePredictionIsFilledAndTheReferenceIsAContour() {
    let empty = LabelMap(geometry: Self.grid, filledWith: 0)
    let filled = Overlay.picture(
      of: [(title: "", volume: Self.scan)], prediction: Self.mask, tileSize: 200)
    let outlined = Overlay.picture(
      of: [(title: "", volume: Self.scan)], prediction: empty, reference: Self.mask,
      tileSize: 200)
    let plain = Overlay.picture(
      of: [(title: "", volume: Self.scan)], prediction: empty, tileSize: 200)
    // The square covers pixels 60 to 139 of the tile, which begins at row 22.
    #expect(Self.pixel(filled, 100, 122) != Self.pixel(plain, 100, 122))
    #expect(Self.pixel(outlined, 100, 122) == Self.pixel(plain, 100, 122))
    #expect(Self.pixel(outlined, 60, 122) == [86, 180, 233])
    #expect(Self.pixel(outlined, 139, 122) == [86, 180, 233])
    #expect(Self.pixel(outlined, 58, 122) == Self.pixel(plain, 58, 122))
  }

  @Test func thePatientsRightIsOnTheLeftAndTheFrontAtTheTop() {
    // A grid whose axes point right and anterior.
    let grid = Geometry(size: [10, 10, 1], spacing: [2, 2, 4])
    var corner = LabelMap(geometry: grid, filledWith: 0)
    corner[9, 9, 0] = 1
    let image = Overlay.picture(
      of: [(title: "", volume: Volume<Float>(geometry: grid, filledWith: 0))], prediction: corner,
      tileSize: 200)
    // Voxel (9, 9) is farthest right and in front: the top left corner.
    #expect(Self.pixel(image, 5, 27) != [0, 0, 0])
    #expect(Self.pixel(image, 195, 27) == [0, 0, 0])
    #expect(Self.pixel(image, 5, 217) == [0, 0, 0])
  }

  @Test func titlesAndLegendAreDrawn() {
    let image = Overlay.picture(
      of: [(title: "CT", volume: Self.scan)], prediction: Self.mask,
      labels: [Label(name: "organ", value: 1)], tileSize: 200)
    #expect(image.height == 22 + 200 + 22)
    let title = (0..<22).flatMap { row in (0..<30).map { Self.pixel(image, $0, row) } }
    #expect(title.contains([255, 255, 255]))
    #expect(Self.pixel(image, 10, 222 + 10) == [86, 180, 233])
  }
}
