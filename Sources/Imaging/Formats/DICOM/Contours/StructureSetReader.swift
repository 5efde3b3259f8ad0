import Foundation

/// A structure set that has been opened as a label map, on the grid of the series it was drawn on.
///
/// Regions have the labels 1, 2, … in the order of the file; ``notes`` says which is which.
final class StructureSetReader: ScanReader {
  /// How many folders up the series is looked for.
  private static let highestSearch = 2

  let path: String
  let geometry: Geometry
  let frames = 1
  let type = VoxelType.uint16
  let notes: [String]
  private let labels: LabelMap

  /// Opens the structure set at `path`, and finds its series beside it or in the folders above.
  ///
  /// - Throws: ``ImagingError``.
  init(_ path: String, options: DICOMOptions) throws(ImagingError) {
    self.path = path
    let structures = try StructureSet(at: path)
    let series = try Self.series(of: structures, options)
    geometry = series.geometry
    let painted = structures.regions.prefix(Int(UInt16.max)).enumerated().map {
      (region: $0.element, label: UInt16($0.offset + 1))
    }
    let (labels, overlapping) = try structures.labelMap(of: painted, on: geometry)
    self.labels = labels
    var notes = painted.map { region, label in
      let open =
        region.openContours == 0 ? "" : ", without its \(region.openContours) open contours"
      return "label \(label) is \(region.name)" + (region.isEmpty ? ", which is empty" : "") + open
    }
    if overlapping > 0 {
      notes.append("\(overlapping) voxels are in two regions, and have the later")
    }
    self.notes = notes
  }

  func read(frame: Int, threads: Int?) throws(ImagingError) -> StoredVolume {
    StoredVolume(geometry: geometry, numbers: labels.voxels)
  }

  func readLabels(frame: Int, threads: Int?) throws(ImagingError) -> LabelMap { labels }

  /// The series that the contours were drawn on.
  private static func series(
    of structures: StructureSet, _ options: DICOMOptions
  ) throws(ImagingError) -> DICOMReader {
    var folder = URL(fileURLWithPath: structures.path).deletingLastPathComponent()
    for _ in 0...highestSearch {
      let images = try DICOMContents(of: folder.path).images
        .filter { structures.isDrawn(on: $0.identity) }
      let groups = DICOMSeries.groups(images)
      if let largest = groups.max(by: { $0.count < $1.count }) {
        return try DICOMReader(images, largest, options: options, path: folder.path)
      }
      folder.deleteLastPathComponent()
    }
    throw .unsupported(
      path: structures.path, found: "contours on a series that is not beside it",
      advice: "Put the series into the same folder.")
  }
}
