import Foundation
import TestSupport
import Testing

@testable import Imaging

struct StructureSetTests {
  /// A structure set on the series of ``DICOMSlices``: regions of closed lines, LPS+.
  private func structures(
    _ regions: [(name: String, lines: [[[Double]]])], type: String = "CLOSED_PLANAR",
    series: String = "1.2.3.4"
  ) -> DICOMBytes {
    var referenced = DICOMBytes()
    referenced.text(0x0020_000E, "UI", series)
    var study = DICOMBytes()
    study.sequence(0x3006_0014, [referenced])
    var frame = DICOMBytes()
    frame.text(0x0020_0052, "UI", "1.2.3.9")
    frame.sequence(0x3006_0012, [study])
    var bytes = DICOMBytes()
    bytes.text(0x0008_0060, "CS", "RTSTRUCT")
    bytes.sequence(0x3006_0010, [frame])
    bytes.sequence(
      0x3006_0020,
      regions.enumerated().map { index, region in
        var item = DICOMBytes()
        item.text(0x3006_0022, "IS", "\(index + 1)")
        item.text(0x3006_0026, "LO", region.name)
        return item
      })
    bytes.sequence(
      0x3006_0039,
      regions.enumerated().map { index, region in
        var item = DICOMBytes()
        item.sequence(
          0x3006_0040,
          region.lines.map { line in
            var contour = DICOMBytes()
            contour.text(0x3006_0042, "CS", type)
            contour.decimals(0x3006_0050, line.flatMap(\.self))
            return contour
          })
        item.text(0x3006_0084, "IS", "\(index + 1)")
        return item
      })
    return bytes
  }

  /// A rectangle in the plane of a slice, by pixels: from the left top corner to the right bottom.
  private func box(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double, at z: Double)
    -> [[Double]]
  {
    // Columns are 1.5 mm and rows 2 mm apart, and the first pixel is at (-10, -20).
    [(left, top), (right, top), (right, bottom), (left, bottom)].map {
      [-10 + 1.5 * $0.0, -20 + 2 * $0.1, z]
    }
  }

  /// The labels of a 12 × 10 series with slices at 0, 3, 6, 9 and 12 mm.
  private func labels(_ bytes: DICOMBytes) throws -> (LabelMap, [String]) {
    let folder = try ScratchFolder()
    var slices = DICOMSlices()
    (slices.columns, slices.rows) = (12, 10)
    try slices.write(in: folder["images"])
    let path = try bytes.write("rs.dcm", in: folder["contours"])
    let reader = try ScanFile.open(path)
    return (try reader.readLabels(frame: 0), reader.notes)
  }

  /// One slice as rows of digits.
  private func rows(_ map: LabelMap, _ z: Int) -> [String] {
    (0..<map.geometry.size.y).map { y in
      (0..<map.geometry.size.x).map { String(map[$0, y, z]) }.joined()
    }
  }

  @Test func voxelsWhoseCentreIsInsideArePainted() throws {
    let (map, notes) = try labels(
      structures([("tumour", [box(1.5, 1.5, 4.5, 3.5, at: 3)])]))
    #expect(
      rows(map, 1)[1...4] == ["000000000000", "001110000000", "001110000000", "000000000000"])
    #expect([0, 2, 3, 4].allSatisfy { z in rows(map, z).allSatisfy { $0 == "000000000000" } })
    #expect(notes == ["label 1 is tumour"])
  }

  @Test func regionsThatShareALineShareNoVoxel() throws {
    let (map, notes) = try labels(
      structures([
        ("a", [box(1, 1, 4, 3, at: 3)]), ("b", [box(4, 1, 6, 3, at: 3)]),
      ]))
    #expect(
      rows(map, 1)[0...3] == ["000000000000", "011122000000", "011122000000", "000000000000"])
    #expect(notes == ["label 1 is a", "label 2 is b"])
  }

  @Test func aContourInsideAnotherIsAHole() throws {
    let (map, _) = try labels(
      structures([
        ("ring", [box(0.5, 0.5, 7.5, 5.5, at: 6), box(2.5, 1.5, 5.5, 4.5, at: 6)])
      ]))
    #expect(
      rows(map, 2)[1...5] == [
        "011111110000", "011000110000", "011000110000", "011000110000", "011111110000",
      ])
  }

  @Test func aKeyholeIsAHoleToo() throws {
    // Round the outside, along a cut to the hole, round that the other way, and back along the cut.
    let outside = box(0.5, 0.5, 7.5, 5.5, at: 6)
    let hole = box(2.5, 1.5, 5.5, 4.5, at: 6)
    let line = outside + [outside[0], hole[0], hole[3], hole[2], hole[1], hole[0]]
    let (map, _) = try labels(structures([("ring", [line])]))
    #expect(
      rows(map, 2)[1...5] == [
        "011111110000", "011000110000", "011000110000", "011000110000", "011111110000",
      ])
  }

  @Test func aContourBetweenSlicesGoesToTheNearest() throws {
    let (map, _) = try labels(structures([("a", [box(1.5, 1.5, 4.5, 3.5, at: 4.4)])]))
    #expect((0..<5).map { z in map[3, 2, z] } == [0, 1, 0, 0, 0])
  }

  @Test func slicesBetweenSparseContoursTakeTheNearest() throws {
    // Contours at 0, 6 and 12 mm: half of 6 mm below, and less than that above.
    let lines = [0.0, 6, 12].map { box(1.5, 1.5, 4.5, 3.5, at: $0) }
    let (map, _) = try labels(structures([("a", lines)]))
    #expect((0..<5).map { z in map[3, 2, z] } == [1, 1, 1, 1, 1])
  }

  @Test func namesThatOccurTwiceAndEmptyRegionsAreSaid() throws {
    let (_, notes) = try labels(
      structures([
        ("a", [box(1.5, 1.5, 4.5, 3.5, at: 3)]), ("a", [box(2.5, 1.5, 5.5, 3.5, at: 3)]), ("b", []),
      ]))
    #expect(
      notes == [
        "label 1 is a", "label 2 is a 2", "label 3 is b, which is empty",
        "4 voxels are in two regions, and have the later",
      ])
  }

  @Test func openLinesSurroundNothing() throws {
    let (map, notes) = try labels(
      structures([("a", [box(1.5, 1.5, 4.5, 3.5, at: 3)])], type: "OPEN_PLANAR"))
    #expect(map.distinctValues == [0])
    #expect(notes == ["label 1 is a, which is empty, without its 1 open contours"])
  }

  @Test func contoursOnAnotherSeriesAreRefused() throws {
    let error = imagingError {
      try labels(structures([("a", [box(1, 1, 4, 3, at: 3)])], series: "9.9"))
    }
    guard case .unsupported(_, let found, let advice)? = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(found == "contours on a series that is not beside it")
    #expect(advice == "Put the series into the same folder.")
  }

  @Test func contoursAcrossTheSlicesAreRefused() throws {
    let line: [[Double]] = [[-8, -18, 0], [-8, -18, 12], [-8, -10, 12], [-8, -10, 0]]
    let error = imagingError { try labels(structures([("a", [line])])) }
    guard case .unsupported(_, let found, _)? = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(found == "contours of \"a\" that do not lie in the planes of the slices")
  }
}
