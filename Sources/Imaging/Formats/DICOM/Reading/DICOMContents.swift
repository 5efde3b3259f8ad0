import Dispatch
import Synchronization

/// What the DICOM files at a path are: pictures, contours, and what could not be read.
struct DICOMContents {
  let path: String

  /// The files with pictures, in the order of their paths.
  let images: [DICOMImage]

  /// The files with contours.
  let structureSets: [String]

  /// DICOM files without pictures: directories, reports, presentation states.
  let others: [String]

  /// Files of another kind.
  let foreign: [String]

  /// Files that are DICOM and could not be read, and folders that could not be listed.
  let faults: [(path: String, error: ImagingError)]

  /// Reads the headers of all files at or below `path`, several at a time.
  ///
  /// - Throws: ``ImagingError`` when `path` cannot be listed.
  init(of path: String) throws(ImagingError) {
    var unlisted: [(path: String, error: ImagingError)] = []
    let files = try DICOMFolder.files(at: path) { unlisted.append((path, $0)) }
    self.init(files, at: path, unlisted: unlisted)
  }

  /// Reads the headers of `files`.
  init(
    _ files: [String], at path: String, unlisted: [(path: String, error: ImagingError)] = []
  ) {
    self.path = path
    let found = Mutex([Int: Content]())
    DispatchQueue.concurrentPerform(iterations: files.count) { index in
      let content = Content(of: files[index])
      found.withLock { $0[index] = content }
    }
    let contents = found.withLock { $0 }.sorted { $0.key < $1.key }.map {
      (path: files[$0.key], content: $0.value)
    }
    images = contents.compactMap { $0.content.image }
    structureSets = contents.filter { $0.content.isStructureSet }.map(\.path)
    others = contents.filter { $0.content.isOther }.map(\.path)
    foreign = contents.filter { $0.content.isForeign }.map(\.path)
    faults =
      unlisted
      + contents.compactMap { entry in
        entry.content.error.map { (entry.path, $0) }
      }
  }

  /// The pictures, where all that may be a slice could be read.
  ///
  /// - Throws: ``ImagingError``: the first fault of a file that is damaged, or of one that is not
  ///   read where nothing else is.
  func soundImages() throws(ImagingError) -> [DICOMImage] {
    for fault in faults {
      if case .unsupported = fault.error { continue }
      throw fault.error
    }
    guard images.isEmpty else { return images }
    if let fault = faults.first { throw fault.error }
    guard FileFacts.isFolder(path) else {
      guard foreign.isEmpty else { throw DICOMFile.foreign(path) }
      throw .unsupported(
        path: path, found: "DICOM without pixels", advice: "Choose a file with a picture.")
    }
    throw .unsupported(
      path: path, found: "no .png files and no DICOM pictures",
      advice: "Choose a folder of slices, or a file.")
  }

  /// What one file is.
  private enum Content {
    case image(DICOMImage)
    case structureSet, other, foreign
    case fault(ImagingError)

    init(of path: String) {
      do throws(ImagingError) {
        let file = try DICOMFile(at: path)
        if file.pixels != nil {
          self = .image(try DICOMImage(file))
        } else {
          self = file.dataset.text(.modality) == "RTSTRUCT" ? .structureSet : .other
        }
      } catch {
        if case .unsupported(_, DICOMFile.notDICOM, _) = error {
          self = .foreign
        } else {
          self = .fault(error)
        }
      }
    }

    var image: DICOMImage? {
      guard case .image(let image) = self else { return nil }
      return image
    }

    var error: ImagingError? {
      guard case .fault(let error) = self else { return nil }
      return error
    }

    var isStructureSet: Bool {
      guard case .structureSet = self else { return false }
      return true
    }

    var isOther: Bool {
      guard case .other = self else { return false }
      return true
    }

    var isForeign: Bool {
      guard case .foreign = self else { return false }
      return true
    }
  }
}
