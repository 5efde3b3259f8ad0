/// A series of small slices, one file each, to be changed by a test before it is written.
public struct DICOMSlices {
  public var syntax = DICOMBytes.Syntax.explicit
  public var columns = 4
  public var rows = 3

  /// Where each slice lies, LPS+ millimetres, in the order of file names.
  public var positions: [[Double]]

  /// The directions of columns and rows, LPS+.
  public var orientation: [Double] = [1, 0, 0, 0, 1, 0]

  /// The distance of rows, then of columns, in millimetres.
  public var spacing: [Double] = [2, 1.5]

  public var modality = "MR"
  public var series = "1.2.3.4"
  public var slope = 1.0
  public var intercept = 0.0

  /// Slices along z, at these heights in millimetres.
  public init(heights: [Double] = [0, 3, 6, 9, 12]) {
    positions = heights.map { [-10, -20, $0] }
  }

  /// The stored number of a pixel: every voxel of a series has its own.
  public static func value(column: Int, row: Int, slice: Int) -> Int {
    column + 10 * row + 100 * slice
  }

  /// The attributes of one slice up to its pixels; `extra` is put where its tags belong: behind.
  public func slice(
    _ index: Int, instance: Int? = nil, extra: (inout DICOMBytes) -> Void = { _ in }
  ) -> DICOMBytes {
    var bytes = DICOMBytes(syntax)
    bytes.text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.4")
    bytes.text(0x0008_0018, "UI", "\(series).\(instance ?? index + 1)")
    bytes.text(0x0008_0060, "CS", modality)
    bytes.text(0x0010_0010, "PN", "Doe^Jane")
    bytes.text(0x0010_0020, "LO", "PATIENT-7")
    bytes.text(0x0020_000D, "UI", "1.2.3")
    bytes.text(0x0020_000E, "UI", series)
    bytes.text(0x0020_0013, "IS", "\(instance ?? index + 1)")
    bytes.decimals(0x0020_0032, positions[index])
    bytes.decimals(0x0020_0037, orientation)
    bytes.text(0x0020_0052, "UI", "1.2.3.9")
    bytes.shorts(0x0028_0002, [1])
    bytes.text(0x0028_0004, "CS", "MONOCHROME2")
    bytes.shorts(0x0028_0010, [rows])
    bytes.shorts(0x0028_0011, [columns])
    bytes.decimals(0x0028_0030, spacing)
    bytes.shorts(0x0028_0100, [16])
    bytes.shorts(0x0028_0101, [16])
    bytes.shorts(0x0028_0102, [15])
    bytes.shorts(0x0028_0103, [1])
    bytes.decimals(0x0028_1052, [intercept])
    bytes.decimals(0x0028_1053, [slope])
    extra(&bytes)
    return bytes
  }

  /// The pixels of one slice, by ``value(column:row:slice:)``.
  public func pixels(_ index: Int) -> [Int] {
    (0..<rows).flatMap { row in
      (0..<columns).map { Self.value(column: $0, row: row, slice: index) }
    }
  }

  /// Writes one file per slice into `folder`; names run against the order of the slices.
  public func write(in folder: String, prefix: String = "") throws {
    for index in positions.indices {
      var bytes = slice(index)
      bytes.pixels(pixels(index))
      try bytes.write("\(prefix)slice-\(positions.count - index).dcm", in: folder)
    }
  }
}
