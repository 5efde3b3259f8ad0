/// The regions of interest that a person has drawn around on the slices of a series (RTSTRUCT).
///
/// Source: DICOM PS3.3 C.8.8.5 (Structure Set Module), C.8.8.6 (ROI Contour Module).
public struct StructureSet: Sendable {
  /// One closed line in a plane.
  struct Contour: Sendable {
    /// Its corners; millimetres, RAS+.
    let points: [SIMD3<Double>]
  }

  /// One named region.
  public struct Region: Sendable {
    /// Its name, unique among the regions: one that occurs twice gets its number behind it.
    public let name: String

    /// The number that the file gives it.
    public let number: Int

    /// Lines that are points or not closed, which surround nothing.
    public let openContours: Int

    let contours: [Contour]

    /// Whether nothing is drawn.
    public var isEmpty: Bool { contours.isEmpty }
  }

  let path: String

  /// The regions in the order of the file, empty ones too.
  public let regions: [Region]

  /// The series that was drawn on; several where the file names several.
  let referencedSeries: Set<String>

  /// The spaces that the contours are in.
  let framesOfReference: Set<String>

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ImagingError``.
  init(at path: String) throws(ImagingError) {
    let file = try DICOMFile(at: path)
    guard file.dataset.text(.modality) == "RTSTRUCT" else {
      throw .unsupported(
        path: path, found: "DICOM without contours", advice: "Choose an RTSTRUCT file.")
    }
    self.path = path
    let frames = file.dataset.items(.referencedFrameOfReferenceSequence)
    let series = frames.flatMap { $0.items(.rtReferencedStudySequence) }
      .flatMap { $0.items(.rtReferencedSeriesSequence) }
    referencedSeries = Set(series.compactMap { $0.text(.seriesInstanceUID) })
    let listed = file.dataset.items(.structureSetROISequence)
    framesOfReference = Set(
      frames.compactMap { $0.text(.frameOfReferenceUID) }
        + listed.compactMap { $0.text(.referencedFrameOfReferenceUID) })
    regions = try Self.regions(listed, file.dataset.items(.roiContourSequence), path)
  }

  private static func regions(
    _ listed: [DICOMDataset], _ drawn: [DICOMDataset], _ path: String
  ) throws(ImagingError) -> [Region] {
    var contours: [Int: [DICOMDataset]] = [:]
    for item in drawn {
      guard let number = item.integerText(.referencedROINumber) else { continue }
      contours[number, default: []] += item.items(.contourSequence)
    }
    var names: Set<String> = []
    var regions: [Region] = []
    for (index, item) in listed.enumerated() {
      let number = item.integerText(.roiNumber) ?? index + 1
      let name = item.text(.roiName) ?? "region \(number)"
      let unique = names.insert(name).inserted ? name : "\(name) \(number)"
      names.insert(unique)
      let lines = contours[number] ?? []
      var closed: [Contour] = []
      for line in lines where Self.isClosed(line) {
        closed.append(Contour(points: try points(line, of: unique, path)))
      }
      regions.append(
        Region(
          name: unique, number: number, openContours: lines.count - closed.count, contours: closed))
    }
    return regions
  }

  private static func isClosed(_ line: DICOMDataset) -> Bool {
    line.text(.contourGeometricType)?.hasPrefix("CLOSED") ?? false
  }

  /// The corners of a line, LPS+ in the file.
  private static func points(
    _ line: DICOMDataset, of name: String, _ path: String
  ) throws(ImagingError) -> [SIMD3<Double>] {
    guard let numbers = line.decimals(.contourData), numbers.count % 3 == 0,
      numbers.allSatisfy({ abs($0) < 1e7 })
    else {
      throw .unreadable(path: path, reason: "a contour of \"\(name)\" is not triples of numbers")
    }
    return stride(from: 0, to: numbers.count, by: 3).map {
      [-numbers[$0], -numbers[$0 + 1], numbers[$0 + 2]]
    }
  }
}
