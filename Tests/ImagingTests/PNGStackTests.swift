import Foundation
import Testing

@testable import Imaging

struct PNGStackTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test func slicesAreInNaturalOrder() throws {
    for number in [10, 9, 1, 2] { try store(UInt16(number), as: "slice-\(number).png") }
    _ = try folder.store([1], as: "notes.txt")
    let scan = try PNGStack.read(at: folder.path, spacing: [0.5, 0.5, 2])
    #expect(scan.volume.voxels == [1, 1, 2, 2, 9, 9, 10, 10])
    #expect(scan.volume.geometry.size == [2, 1, 4])
    #expect(scan.volume.geometry.spacing == [0.5, 0.5, 2])
    #expect(scan.volume.geometry.direction == .radiological)
    #expect(scan.header == nil)
  }

  @Test(arguments: [
    ("a2", "a10"), ("2", "10"), ("a2b1", "a2b10"), ("a01", "a2"), ("a01", "a1"), ("a", "a1"),
    ("1a", "1b"), ("99999999999999999999", "100000000000000000000"),
  ])
  func numbersInNamesCount(first: String, second: String) {
    #expect(naturallyPrecedes(first, second))
    #expect(!naturallyPrecedes(second, first))
  }

  @Test func theFileInTheFolderSaysTheSpacing() throws {
    try store(1, as: "1.png")
    _ = try folder.store(Array(#"{"spacing": [0.25, 0.5, 3]}"#.utf8), as: "spacing.json")
    let scan = try PNGStack.read(at: folder.path, spacing: [9, 9, 9])
    #expect(scan.volume.geometry.spacing == [0.25, 0.5, 3])
  }

  @Test(arguments: [
    ("{}", #"it is not like {"spacing": [0.5, 0.5, 2]}"#),
    (#"{"spacing": [1, 2]}"#, "spacing is three lengths above 0, in millimetres"),
    (#"{"spacing": [1, 0, 2]}"#, "spacing is three lengths above 0, in millimetres"),
    (
      #"{"spacing": [1, 1, 2], "direction": [[1, 0, 0], [1, 0, 0], [0, 0, 1]]}"#,
      "direction is three unit vectors that span space"
    ),
  ])
  func aWrongSpacingIsRefused(text: String, reason: String) throws {
    try store(1, as: "1.png")
    let path = try folder.store(Array(text.utf8), as: "spacing.json")
    #expect(
      imagingError { try PNGStack.read(at: folder.path) } == .unreadable(path: path, reason: reason)
    )
  }

  @Test(arguments: [[0, 1, 254, 255, 7, 8], [0, 1, 65535, 256, 7, 8]] as [[Float]])
  func aVolumeComesBackWithItsGrid(values: [Float]) throws {
    let geometry = Geometry(
      size: [3, 1, 2], spacing: [0.5, 0.75, 3], origin: [1, -2, 3],
      direction: Direction(x: [0, 1, 0], y: [1, 0, 0], z: [0, 0, 1]))
    let volume = Volume(geometry: geometry, voxels: values)
    try PNGStack.write(volume, to: folder["stack"])
    let scan = try PNGStack.read(at: folder["stack"])
    #expect(scan.volume == volume)
    #expect(try folder.names() == ["stack"])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder["stack"]).sorted()
    #expect(names == ["slice-00000.png", "slice-00001.png", "spacing.json"])
  }

  @Test func aFolderWithFilesIsNotReplaced() throws {
    try store(1, as: "1.png")
    let volume = Volume<Float>(
      geometry: Geometry(size: [1, 1, 1], spacing: [1, 1, 1]), filledWith: 1)
    #expect(
      imagingError { try PNGStack.write(volume, to: folder.path) }
        == .writeFailed(path: folder.path, reason: "Directory not empty"))
    #expect(try folder.names() == ["1.png"])
  }

  @Test(arguments: [-1, 65536, Float.nan])
  func valuesThatNoPictureHoldsAreRefused(value: Float) {
    let volume = Volume(
      geometry: Geometry(size: [1, 1, 1], spacing: [1, 1, 1]), filledWith: value)
    let path = folder["stack"]
    #expect(
      imagingError { try PNGStack.write(volume, to: path) }
        == .unwritable(
          path: path,
          reason: "a picture's values are from 0 to 65535, and the volume has others",
          advice: "Rescale the volume first."))
  }

  @Test func slicesOfUnequalSizeAreRefused() throws {
    try store(1, as: "1.png")
    let larger = PNGImage(width: 3, height: 1, channels: 1, pixels: [1, 2, 3])
    try PNG.write(larger, to: folder["2.png"])
    #expect(
      imagingError { try PNGStack.read(at: folder.path) }?.description
        == "\(folder["2.png"]) holds 3 × 1 pixels of 8 bits where the stack's first slice holds 2 "
        + "× 1 pixels of 8 bits, which is not supported. Give every slice the same size and depth.")
  }

  @Test func slicesThatHoldNoPatientAreRefused() throws {
    try store(1, as: "1.png")
    let path = try folder.store(Array(#"{"spacing": [1, 1, 1e30]}"#.utf8), as: "spacing.json")
    #expect(
      imagingError { try PNGStack.read(at: folder.path) }
        == .implausibleGeometry(
          path: path, expected: "voxels of 0.001 to 1000 mm",
          found: "voxels of 1 × 1 × 1e+30 mm"))
  }

  @Test func anEmptyFolderIsRefused() {
    #expect(
      imagingError { try PNGStack.read(at: folder.path) }
        == .unsupported(
          path: folder.path, found: "no .png files",
          advice: "Choose a folder of PNG slices, or a file."))
    #expect(
      imagingError { try PNGStack.read(at: folder["none"]) } == .missingFile(path: folder["none"]))
  }

  @Test func labelsHaveNoColours() throws {
    let grey = PNGImage(width: 2, height: 1, channels: 3, pixels: [0, 0, 0, 128, 128, 128])
    try PNG.write(grey, to: folder["1.png"])
    #expect(try PNGStack.readLabels(at: folder.path).voxels == [0, 128])
    let red = PNGImage(width: 2, height: 1, channels: 3, pixels: [0, 0, 0, 128, 0, 0])
    try PNG.write(red, to: folder["2.png"])
    #expect(
      imagingError { try PNGStack.readLabels(at: folder.path) }
        == .badLabels(
          path: folder["2.png"], description: "some of its pixels have colours and no palette"))
  }

  private func store(_ value: UInt16, as name: String) throws {
    let image = PNGImage(width: 2, height: 1, channels: 1, pixels: [value, value])
    try PNG.write(image, to: folder[name])
  }
}
