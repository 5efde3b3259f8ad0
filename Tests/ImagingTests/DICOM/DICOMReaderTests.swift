import Foundation
import TestSupport
import Testing

@testable import Imaging

struct DICOMReaderTests {
  /// Five slices of 4 × 3 pixels 1.5 × 2 mm apart, 3 mm from one another, whose file names run
  /// against their places. Voxel (x, y, z) holds x + 10 y + 100 z.
  @Test(arguments: DICOMBytes.Syntax.allCases)
  func ordersSlicesByTheirPlace(_ syntax: DICOMBytes.Syntax) throws {
    let folder = try ScratchFolder()
    var slices = DICOMSlices()
    slices.syntax = syntax
    try slices.write(in: folder.path)
    let volume = try ScanFile.read(at: folder.path).volume
    #expect(volume.geometry.size == [4, 3, 5])
    #expect(volume[3, 2, 4] == 423)
    #expect(volume[1, 0, 2] == 201)
    // LPS (-10, -20, 0) is RAS (10, 20, 0); columns grow to the left and rows to the back.
    #expect(
      volume.geometry.affine == [[-1.5, 0, 0, 10], [0, -2, 0, 20], [0, 0, 3, 0], [0, 0, 0, 1]])
  }

  @Test func slopeAndInterceptScaleStoredNumbers() throws {
    let folder = try ScratchFolder()
    var slices = DICOMSlices()
    (slices.slope, slices.intercept) = (0.5, -100)
    try slices.write(in: folder.path)
    #expect(try ScanFile.read(at: folder.path).volume[2, 1, 3] == 56)
  }

  @Test func obliqueSlicesLieWhereTheirDirectionsSay() throws {
    let folder = try ScratchFolder()
    var slices = DICOMSlices()
    // Columns along (0.6, 0.8, 0), rows down; the normal is (-0.8, 0.6, 0) in LPS.
    slices.orientation = [0.6, 0.8, 0, 0, 0, -1]
    slices.positions = (0..<4).map { [-0.8 * 2.5 * Double($0), 0.6 * 2.5 * Double($0), 7] }
    try slices.write(in: folder.path)
    let geometry = try ScanFile.open(folder.path).geometry
    expectClose(geometry.spacing.z, 2.5, within: 1e-9)
    let corner = geometry.position(ofVoxel: [3, 2, 3])
    // 3 columns of 1.5 mm, 2 rows of 2 mm and 3 slices, then LPS to RAS.
    expectClose(corner.x, -(0.6 * 4.5 - 0.8 * 7.5), within: 1e-9)
    expectClose(corner.y, -(0.8 * 4.5 + 0.6 * 7.5), within: 1e-9)
    expectClose(corner.z, 7 - 4, within: 1e-9)
  }

  @Test func junkAndNestedFoldersAreWalkedThrough() throws {
    let folder = try ScratchFolder()
    try DICOMSlices(heights: [0, 3]).write(in: folder["a/b"])
    var other = DICOMSlices(heights: [6, 9])
    other.positions = [[-10, -20, 6], [-10, -20, 9]]
    try other.write(in: folder["c"], prefix: "x")
    _ = try folder.store(Array("not a picture".utf8), as: "notes.txt")
    _ = try folder.store([], as: "empty.dcm")
    try FileManager.default.createSymbolicLink(
      atPath: folder["a/circle"], withDestinationPath: folder.path)
    #expect(try ScanFile.open(folder.path).geometry.size == [4, 3, 4])
  }

  @Test func aMissingSliceIsReportedWithItsPlace() throws {
    let folder = try ScratchFolder()
    try DICOMSlices(heights: [0, 3, 6, 12, 15]).write(in: folder.path)
    let error = imagingError { try ScanFile.open(folder.path) }
    #expect(
      error?.description == """
        \(folder.path) is not one regular stack of slices: of its 5 slices most are 3 mm apart, and \
        slices 3 and 4 are 6 mm apart (one slice is missing). Complete the series, or choose --gaps \
        interpolate.
        """)
  }

  @Test func aMissingSliceIsInterpolatedWhenAsked() throws {
    let folder = try ScratchFolder()
    try DICOMSlices(heights: [0, 3, 6, 12, 15]).write(in: folder.path)
    var options = DICOMOptions()
    options.gaps = .interpolate
    let scan = try ScanFile.open(folder.path, dicom: options)
    let volume = try scan.read(frame: 0).volume
    #expect(volume.geometry.size == [4, 3, 6])
    #expect((0..<6).map { volume[1, 0, $0] } == [1, 101, 201, 251, 301, 401])
    #expect(scan.notes == ["6 slices were interpolated from 5 at unequal gaps"])
  }

  @Test func aDoubleSliceIsReportedAndTheFirstIsTakenWhenAsked() throws {
    let folder = try ScratchFolder()
    let slices = DICOMSlices(heights: [0, 3, 3, 6])
    try slices.write(in: folder.path)
    #expect(
      imagingError { try ScanFile.open(folder.path) }
        == .irregularSlices(
          path: folder.path, fault: .doubleSlices(places: 1, first: 3, slices: 4)))
    var options = DICOMOptions()
    options.doubles = .first
    let volume = try ScanFile.open(folder.path, dicom: options).read(frame: 0).volume
    #expect((0..<3).map { volume[0, 0, $0] } == [0, 100, 300])
  }

  @Test func aTiltedGantryIsReportedWithItsAngleAndKeptWhenAsked() throws {
    let folder = try ScratchFolder()
    var slices = DICOMSlices()
    // Each slice is 3 mm higher and 1 mm further back: atan(1/3).
    slices.positions = (0..<5).map { [-10, -20 + Double($0), 3 * Double($0)] }
    try slices.write(in: folder.path)
    #expect(
      imagingError { try ScanFile.open(folder.path) }?.description == """
        \(folder.path) is not one regular stack of slices: its slices are shifted along with the \
        stack by an angle of 18.43 degrees. Choose --tilt keep to leave the voxel axes at this angle.
        """)
    var options = DICOMOptions()
    options.tilt = .keep
    let geometry = try ScanFile.open(folder.path, dicom: options).geometry
    let place = geometry.position(ofVoxel: [0, 0, 4])
    expectClose([place.x, place.y, place.z], [10, 16, 12], within: 1e-9)
  }

  @Test func aSliceBesideTheOthersIsReported() throws {
    let folder = try ScratchFolder()
    var slices = DICOMSlices()
    slices.positions[2][0] = -7
    try slices.write(in: folder.path)
    #expect(
      imagingError { try ScanFile.open(folder.path) }
        == .irregularSlices(path: folder.path, fault: .sideways(distance: 3, slice: 2, slices: 5)))
  }

  @Test func positionsRoundedToTenthsAreRegular() throws {
    let folder = try ScratchFolder()
    try DICOMSlices(heights: [0, 0.6, 1.3, 1.9, 2.5, 3.1, 3.8]).write(in: folder.path)
    expectClose(try ScanFile.open(folder.path).geometry.spacing.z, 3.8 / 6, within: 1e-9)
  }

  @Test func severalSeriesAreListed() throws {
    let folder = try ScratchFolder()
    try DICOMSlices().write(in: folder["a"])
    var other = DICOMSlices(heights: [0, 5])
    (other.series, other.modality) = ("1.2.3.5", "CT")
    try other.write(in: folder["b"])
    #expect(
      imagingError { try ScanFile.open(folder.path) }?.description == """
        \(folder.path) holds 2 series:
          1: MR, 5 pictures of 4 × 3
          2: CT, 2 pictures of 4 × 3
        One is needed. Choose one with --series and its number.
        """)
    var options = DICOMOptions()
    options.series = 2
    #expect(try ScanFile.open(folder.path, dicom: options).geometry.size.z == 2)
  }

  @Test func slicesThatLookAnotherWayAreAnotherStack() throws {
    let folder = try ScratchFolder()
    try DICOMSlices().write(in: folder["a"])
    var other = DICOMSlices(heights: [0])
    other.orientation = [0, 1, 0, 0, 0, -1]
    try other.write(in: folder["b"])
    #expect(
      imagingError { try ScanFile.open(folder.path) }
        == .seriesNeeded(
          path: folder.path,
          series: ["MR, 5 pictures of 4 × 3", "MR, 1 picture of 4 × 3"]))
  }

  @Test func echoesAtOnePlaceAreFrames() throws {
    let folder = try ScratchFolder()
    let slices = DICOMSlices(heights: [0, 3, 6])
    for (echo, name) in [(10.0, "a"), (90.0, "b")] {
      for index in 0..<3 {
        var bytes = slices.slice(index, instance: Int(echo) + index)
        bytes.decimals(0x0018_0081, [echo])
        bytes.pixels(slices.pixels(index).map { $0 + Int(echo) })
        try bytes.write("\(name)\(index).dcm", in: folder.path)
      }
    }
    let scan = try ScanFile.open(folder.path)
    #expect(scan.frames == 2)
    #expect(try scan.read(frame: 0).volume[0, 0, 2] == 210)
    #expect(try scan.read(frame: 1).volume[0, 0, 2] == 290)
  }
}
