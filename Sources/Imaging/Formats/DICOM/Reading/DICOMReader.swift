/// A DICOM file, or a folder with the files of a series, that has been opened: what it says is read
/// and checked, its pixels are not yet.
///
/// Slices are ordered by where they lie along their normal, and their distance is that of their
/// positions, whatever names, numbers and thicknesses say.
final class DICOMReader: ScanReader {
  let path: String
  let geometry: Geometry

  /// The volumes at one place: echoes, times, weightings.
  let frames: Int

  /// What a person is to know of the scan: whether lengths are calibrated, what was interpolated.
  let notes: [String]

  private let stack: DICOMStack
  private let assembly: VolumeAssembly

  /// Opens the file or folder at `path`.
  ///
  /// Files that are not DICOM, or hold no pictures, are passed over in a folder; one that is damaged
  /// is an error, since it may be a slice.
  ///
  /// - Throws: ``ImagingError``.
  convenience init(_ path: String, options: DICOMOptions = DICOMOptions()) throws(ImagingError) {
    let contents = try DICOMContents(of: path)
    let images = try contents.soundImages()
    let groups = DICOMSeries.groups(images)
    let chosen = try Self.choose(groups, images, options, path)
    try self.init(images, groups[chosen], options: options, path: path)
  }

  /// Opens pictures that ``DICOMSeries`` has put together.
  init(
    _ images: [DICOMImage], _ members: [DICOMStack.Member], options: DICOMOptions, path: String
  ) throws(ImagingError) {
    self.path = path
    stack = try DICOMStack(images, members, options: options, path: path)
    geometry = stack.geometry
    frames = stack.volumes.count
    let factor = options.isUptake ? try Self.uptake(images, members, path) : 1
    notes =
      stack.notes + (options.isUptake ? ["values are standardized uptake by body weight"] : [])
    assembly = VolumeAssembly(stack: stack, factor: factor)
  }

  /// Values are scaled, so that slices may differ in their scales.
  let type = VoxelType.float32

  func read(frame: Int, threads: Int?) throws(ImagingError) -> StoredVolume {
    try assembly.volume(frame, threads: threads)
  }

  /// The group that is asked for, or the only one.
  private static func choose(
    _ groups: [[DICOMStack.Member]], _ images: [DICOMImage], _ options: DICOMOptions, _ path: String
  ) throws(ImagingError) -> Int {
    if let series = options.series, groups.indices.contains(series - 1) { return series - 1 }
    guard groups.count == 1, options.series == nil || options.series == 1 else {
      let list = groups.map { members in
        let image = images[members[0].image]
        let kind = image.identity.modality.isEmpty ? "?" : image.identity.modality
        let pictures = members.count == 1 ? "1 picture" : "\(members.count) pictures"
        return "\(kind), \(pictures) of \(image.format.columns) × \(image.format.rows)"
      }
      throw .seriesNeeded(path: path, series: list)
    }
    return 0
  }

  /// What turns values into uptake; the earliest picture says when the scan was.
  private static func uptake(
    _ images: [DICOMImage], _ members: [DICOMStack.Member], _ path: String
  ) throws(ImagingError) -> Double {
    let parts = Set(members.map(\.image)).sorted().map { images[$0] }
    let times = parts.compactMap(\.uptake.acquisition)
    let earliest = times.min { $0.isBefore($1) }
    var factors: [Double] = []
    for image in parts { factors.append(try image.uptake.factor(earliest: earliest, path: path)) }
    guard let first = factors.first, factors.allSatisfy({ abs($0 / first - 1) < 1e-6 }) else {
      throw .uptakeUnknown(path: path, reason: "its pictures disagree about the dose or its time")
    }
    return first
  }
}
