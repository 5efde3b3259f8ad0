/// Any scan that is read: NIfTI, MetaImage, NRRD, DICOM, a PNG picture, or a folder of slices.
public enum ScanFile {
  /// Opens the scan at `path`, whatever its format.
  ///
  /// - Parameters:
  ///   - path: A file, or a folder of slices.
  ///   - dicom: How DICOM is read.
  /// - Throws: ``ImagingError``; a header is refused before memory is taken for its voxels.
  public static func open(
    _ path: String, dicom: DICOMOptions = DICOMOptions()
  ) throws(ImagingError) -> any ScanReader {
    switch try ScanFormat(at: path) {
    case .nifti: try NIfTIReader(path)
    case .metaImage: try RawScanReader(MetaImageHeader(path).scan())
    case .nrrd: try RawScanReader(NRRDHeader(path).scan())
    case .picture: try PNGReader(path)
    case .stack: try PNGStackReader(path)
    case .dicom: try DICOM.open(path, dicom)
    }
  }

  /// Reads a volume, with its scaling applied.
  ///
  /// - Parameters:
  ///   - path: A file, or a folder of slices.
  ///   - frame: Which of several volumes, from 0; a file with one needs none.
  ///   - threads: How many threads take part at most; `nil` for one per core.
  /// - Throws: ``ImagingError``.
  public static func read(
    at path: String, frame: Int? = nil, threads: Int? = nil
  ) throws(ImagingError) -> Scan {
    try open(path).scan(frame: frame, threads: threads)
  }

  /// Reads a label map.
  ///
  /// - Parameters:
  ///   - path: A file, or a folder of slices.
  ///   - frame: Which of several volumes, from 0; a file with one needs none.
  ///   - threads: How many threads take part at most; `nil` for one per core.
  /// - Throws: ``ImagingError``.
  public static func readLabels(
    at path: String, frame: Int? = nil, threads: Int? = nil
  ) throws(ImagingError) -> LabelMap {
    let reader = try open(path)
    return try reader.readLabels(frame: reader.choose(frame), threads: threads)
  }
}
