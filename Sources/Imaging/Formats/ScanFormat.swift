import Foundation

/// What kind of scan is at a path.
public enum ScanFormat: String, Hashable, Sendable, CaseIterable {
  case nifti = "NIfTI"
  case metaImage = "MetaImage"
  case nrrd = "NRRD"
  case picture = "PNG"
  case stack = "PNG stack"
  case dicom = "DICOM"

  /// Finds out by the first bytes of the file, or else by its name.
  ///
  /// - Throws: ``ImagingError/missingFile(path:)``, ``ImagingError/unreadable(path:reason:)``, or
  ///   ``ImagingError/unsupported(path:found:advice:)`` when neither tells.
  public init(at path: String) throws(ImagingError) {
    guard !FileFacts.isFolder(path) else {
      self = try PNGStack.isFolder(path) ? .stack : .dicom
      return
    }
    let name = path.lowercased()
    // The voxels of a pair begin as anything may.
    guard !name.hasSuffix(".img"), !name.hasSuffix(".img.gz") else {
      self = .nifti
      return
    }
    guard try FileFacts.of(path).byteCount > 0 else {
      throw .unreadable(path: path, reason: "it is empty")
    }
    guard
      let format = Self(start: try PackedStream.start(of: path, count: 1024)) ?? Self(name: name)
    else {
      throw .unsupported(
        path: path, found: "none of the kinds of scan that are read",
        advice: "Check the file, or convert it to .nii.gz.")
    }
    self = format
  }

  /// The format whose files begin so.
  private init?(start: [UInt8]) {
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .picture
    } else if NRRDHeader.recognizes(start) {
      self = .nrrd
    } else if DICOMFile.isSigned(start) {
      self = .dicom
    } else if NIfTI.recognizes(start) {
      self = .nifti
    } else if MetaImageHeader.recognizes(start) {
      self = .metaImage
    } else {
      return nil
    }
  }

  /// The format whose files are called so; reading one then says what is wrong with it.
  private init?(name: String) {
    let formats: [(ScanFormat, [String])] = [
      (.nifti, [".nii", ".nii.gz", ".hdr", ".hdr.gz"]), (.metaImage, [".mha", ".mhd"]),
      (.nrrd, [".nrrd", ".nhdr"]), (.picture, [".png"]), (.dicom, [".dcm", ".dicom", ".ima"]),
    ]
    guard let format = formats.first(where: { $0.1.contains(where: name.hasSuffix) })?.0 else {
      return nil
    }
    self = format
  }
}

extension ScanFormat {
  /// Whether the folder at `path` is a scan: it has `.png` files, or DICOM at any depth.
  public static func isScanFolder(_ path: String) -> Bool {
    guard let hasPictures = try? PNGStack.isFolder(path) else { return false }
    let files = (try? DICOMFolder.files(at: path)) ?? []
    // What cannot be read is no sign of a scan; reading the folder then says what is wrong.
    return hasPictures
      || files.contains { (try? DICOMFile.start(of: $0)).map(DICOMFile.isSigned) ?? false }
  }
}
