/// Whether lengths in a picture are known where no Pixel Spacing says so, and why.
///
/// Source: DICOM PS3.3 C.8.5.5 (US Region Calibration Module), C.8.11.4 for detectors.
struct DICOMCalibration: Equatable {
  /// The distance of columns and of rows in millimetres; `nil` where it is not known.
  let spacing: SIMD2<Double>?

  /// What a person is to know about the lengths; `nil` where there is nothing.
  let note: String?

  /// Looks for lengths in the attributes of pictures of a size in pixels.
  init(_ dataset: DICOMDataset, columns: Int, rows: Int) {
    if let spacing = Self.lengths(dataset, .pixelSpacing) {
      self.init(spacing: spacing, note: nil)
    } else if let region = Self.region(dataset, columns: columns, rows: rows) {
      self = region
    } else if let spacing = Self.lengths(dataset, .imagerPixelSpacing) {
      self.init(spacing: spacing, note: "lengths are those at the detector, not in the patient")
    } else if let spacing = Self.lengths(dataset, .nominalScannedPixelSpacing) {
      self.init(spacing: spacing, note: "lengths are those of a scanned film")
    } else {
      self.init(uncalibrated: "no attribute says how large a pixel is")
    }
  }

  private init(spacing: SIMD2<Double>?, note: String?) {
    (self.spacing, self.note) = (spacing, note)
  }

  private init(uncalibrated reason: String) {
    self.init(spacing: nil, note: "not calibrated (\(reason)): a pixel counts as 1 mm")
  }

  private static func lengths(_ dataset: DICOMDataset, _ tag: DICOMTag) -> SIMD2<Double>? {
    guard let numbers = dataset.decimals(tag), numbers.count == 2, numbers.min() ?? 0 > 0 else {
      return nil
    }
    return [numbers[1], numbers[0]]
  }

  /// The largest two-dimensional region in centimetres.
  private static func region(_ dataset: DICOMDataset, columns: Int, rows: Int) -> Self? {
    let regions = dataset.items(.sequenceOfUltrasoundRegions).compactMap(Region.init)
    guard let largest = regions.max(by: { $0.area < $1.area }) else { return nil }
    guard largest.right < columns, largest.bottom < rows else {
      return Self(
        uncalibrated:
          "its calibrated region reaches pixel (\(largest.right), \(largest.bottom)) of "
          + "a picture of \(columns) × \(rows), so the picture was resized since")
    }
    guard
      regions.allSatisfy({ ($0.spacing - largest.spacing).max() < 1e-6 * largest.spacing.max() })
    else {
      return Self(
        spacing: largest.spacing,
        note: "calibrated in the largest of \(regions.count) regions; others have other lengths")
    }
    return Self(
      spacing: largest.spacing, note: "calibrated by the scanner's ultrasound region")
  }

  /// A part of the picture in which lengths are known.
  private struct Region {
    let spacing: SIMD2<Double>
    let right: Int
    let bottom: Int
    let area: Int

    init?(_ item: DICOMDataset) {
      // 1: two-dimensional; 3: centimetres.
      guard item.unsigned(.regionSpatialFormat) == 1,
        item.unsigned(.physicalUnitsXDirection) == 3, item.unsigned(.physicalUnitsYDirection) == 3,
        let x = item.doubles(.physicalDeltaX)?.first, let y = item.doubles(.physicalDeltaY)?.first,
        x != 0, y != 0, x.isFinite, y.isFinite,
        let left = item.unsigned(.regionLocationMinX0),
        let top = item.unsigned(.regionLocationMinY0),
        let right = item.unsigned(.regionLocationMaxX1),
        let bottom = item.unsigned(.regionLocationMaxY1), right > left, bottom > top
      else { return nil }
      spacing = [abs(x) * 10, abs(y) * 10]
      (self.right, self.bottom) = (right, bottom)
      area = (right - left) * (bottom - top)
    }
  }
}
