import TestSupport
import Testing

@testable import Imaging

/// Files with several pictures.
struct EnhancedDICOMTests {
  /// The attributes of a multi-frame file up to its pixels.
  private func file(frames: Int, groups: Bool = true) -> DICOMBytes {
    var bytes = DICOMBytes()
    bytes.text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.4.1")
    bytes.text(0x0008_0060, "CS", "MR")
    bytes.text(0x0020_000E, "UI", "1.2.3.4")
    bytes.shorts(0x0028_0002, [1])
    bytes.text(0x0028_0004, "CS", "MONOCHROME2")
    bytes.text(0x0028_0008, "IS", "\(frames)")
    bytes.shorts(0x0028_0010, [3])
    bytes.shorts(0x0028_0011, [4])
    bytes.shorts(0x0028_0100, [16])
    bytes.shorts(0x0028_0101, [12])
    bytes.shorts(0x0028_0102, [11])
    bytes.shorts(0x0028_0103, [0])
    return bytes
  }

  /// An item with one group of one item.
  private func group(_ tag: UInt32, _ fill: (inout DICOMBytes) -> Void) -> (inout DICOMBytes) ->
    Void
  {
    var item = DICOMBytes()
    fill(&item)
    return { $0.sequence(tag, [item]) }
  }

  /// Four pictures: two places, out of order, at two times; every picture has a slope of its own.
  private func enhanced() -> [UInt8] {
    var shared = DICOMBytes()
    group(0x0020_9116) { $0.decimals(0x0020_0037, [1, 0, 0, 0, 1, 0]) }(&shared)
    group(0x0028_9110) {
      $0.decimals(0x0018_0050, [9])
      $0.decimals(0x0028_0030, [2, 1.5])
    }(&shared)
    let frames = [(4.0, 1), (0.0, 1), (4.0, 2), (0.0, 2)].enumerated().map { index, frame in
      var item = DICOMBytes()
      group(0x0020_9111) { $0.longs(0x0020_9128, [frame.1]) }(&item)
      group(0x0020_9113) { $0.decimals(0x0020_0032, [0, 0, frame.0]) }(&item)
      group(0x0028_9145) {
        $0.decimals(0x0028_1052, [1])
        $0.decimals(0x0028_1053, [Double(index + 1)])
      }(&item)
      return item
    }
    var bytes = file(frames: 4)
    bytes.sequence(0x5200_9229, [shared], isOpen: true)
    bytes.sequence(0x5200_9230, frames)
    bytes.pixels((0..<4).flatMap { [Int](repeating: 10 * ($0 + 1), count: 12) })
    return bytes.file()
  }

  @Test func everyPictureHasItsPlaceItsTimeAndItsScale() throws {
    let folder = try ScratchFolder()
    let path = try folder.store(enhanced(), as: "enhanced.dcm")
    let scan = try ScanFile.open(path)
    #expect(scan.frames == 2)
    #expect(scan.geometry.size == [4, 3, 2])
    #expect(scan.geometry.spacing == [1.5, 2, 4])
    // Picture n holds 10 n, times n, plus 1; place 0 is pictures 2 and 4, place 4 is 1 and 3.
    let (first, second) = (try scan.read(frame: 0).volume, try scan.read(frame: 1).volume)
    #expect(
      [first[0, 0, 0], first[0, 0, 1], second[0, 0, 0], second[0, 0, 1]] == [41, 11, 161, 91])
  }

  @Test func aFilmWithoutPlacesIsOnePictureAfterTheOther() throws {
    let folder = try ScratchFolder()
    var bytes = file(frames: 3)
    bytes.pixels((0..<36).map { $0 })
    let path = try folder.store(bytes.file(), as: "film.dcm")
    let scan = try ScanFile.open(path)
    #expect(scan.geometry.size == [4, 3, 3])
    #expect(try scan.read(frame: 0).volume[3, 2, 1] == 23)
    #expect(
      scan.notes == [
        "not calibrated (no attribute says how large a pixel is): a pixel counts as 1 mm",
        "its 3 pictures do not say where they lie, and are one after the other along z",
      ])
  }

  @Test func doseLiesWhereItsOffsetsSay() throws {
    let folder = try ScratchFolder()
    var bytes = DICOMBytes()
    bytes.text(0x0008_0060, "CS", "RTDOSE")
    bytes.text(0x0020_000E, "UI", "1.2.3.4")
    bytes.decimals(0x0020_0032, [0, 0, 10])
    bytes.decimals(0x0020_0037, [1, 0, 0, 0, 1, 0])
    bytes.text(0x0028_0008, "IS", "2")
    bytes.shorts(0x0028_0010, [3])
    bytes.shorts(0x0028_0011, [4])
    bytes.decimals(0x0028_0030, [2, 1.5])
    bytes.shorts(0x0028_0100, [16])
    bytes.decimals(0x3004_000C, [0, 2.5])
    bytes.decimals(0x3004_000E, [0.01])
    bytes.pixels((0..<24).map { $0 })
    let scan = try ScanFile.read(at: folder.store(bytes.file(), as: "dose.dcm"))
    #expect(scan.volume.geometry.spacing.z == 2.5)
    #expect(scan.volume.geometry.origin.z == 10)
    expectClose(scan.volume[0, 0, 1], 0.12, within: 1e-6)
  }
}
