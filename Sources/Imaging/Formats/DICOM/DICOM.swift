/// Scans in DICOM: a file, a folder with the slices of a series, or contours on one.
public enum DICOM {
  /// Opens what is at `path`: a structure set becomes labels, all else a volume.
  ///
  /// - Throws: ``ImagingError``.
  static func open(
    _ path: String, _ options: DICOMOptions
  ) throws(ImagingError) -> any ScanReader {
    if !FileFacts.isFolder(path), try DICOMFile(at: path).dataset.text(.modality) == "RTSTRUCT" {
      return try StructureSetReader(path, options: options)
    }
    return try DICOMReader(path, options: options)
  }
}
