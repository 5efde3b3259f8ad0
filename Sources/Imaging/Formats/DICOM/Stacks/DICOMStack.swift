/// Slices that look the same way, on one grid of columns and rows: one volume, or several in a row.
struct DICOMStack {
  /// One picture, by its file's number in ``images``.
  struct Member {
    let image: Int
    let slice: DICOMSlice
  }

  let images: [DICOMImage]

  /// The slices of every volume, in order along the normal.
  let volumes: [[Member]]

  /// What tells the volumes apart, where there are several.
  let key: DICOMSliceKey?

  let geometry: Geometry

  /// Where along the normal each voxel plane lies, in slices of ``volumes``: its number, with a
  /// fraction where it is interpolated.
  let places: [Double]

  /// What a person is to know of the volume.
  let notes: [String]

  /// The first file, after which errors are named when the stack is one of several in a folder.
  var first: DICOMImage { images[volumes[0][0].image] }

  /// Makes a stack of the pictures that ``DICOMSeries`` put together.
  ///
  /// - Parameters:
  ///   - members: Pictures of one format; all look the same way.
  ///   - path: What errors name.
  /// - Throws: ``ImagingError``.
  init(
    _ images: [DICOMImage], _ members: [Member], options: DICOMOptions, path: String
  ) throws(ImagingError) {
    self.images = images
    let unplaced = members.count { $0.slice.plane == nil }
    guard unplaced == 0 || unplaced == members.count else {
      throw .irregularSlices(
        path: path, fault: .placesMissing(count: unplaced, slices: members.count))
    }
    guard unplaced == 0, let plane = members.first?.slice.plane else {
      let pictures = UnplacedPictures(images, members)
      volumes = [pictures.ordered]
      (key, geometry, notes) = (nil, try pictures.geometry(path), pictures.notes)
      places = pictures.ordered.indices.map(Double.init)
      return
    }
    let partition = try SlicePartition(members, images, options: options, path: path)
    let first = partition.volumes[0]
    let spacing = try SliceSpacing(
      first.compactMap(\.slice.plane), thickness: first[0].slice.thickness, options: options,
      path: path)
    volumes = partition.volumes
    key = partition.key
    places = spacing.places
    geometry = try spacing.geometry(
      columns: images[first[0].image].format, pixel: first[0].slice.spacing ?? .one, plane: plane,
      path: path)
    notes = [images[first[0].image].calibration.note].compactMap(\.self) + spacing.notes
  }
}

/// Pictures that do not say where they lie: a film of ultrasound, or photographs.
private struct UnplacedPictures {
  let ordered: [DICOMStack.Member]
  private let image: DICOMImage

  init(_ images: [DICOMImage], _ members: [DICOMStack.Member]) {
    ordered = members.sorted {
      let (left, right) = (images[$0.image].identity, images[$1.image].identity)
      return (left.instanceNumber ?? 0, $0.image, $0.slice.frame)
        < (right.instanceNumber ?? 0, $1.image, $1.slice.frame)
    }
    image = images[ordered[0].image]
  }

  /// As a radiologist looks at it; pictures follow each other by a millimetre.
  func geometry(_ path: String) throws(ImagingError) -> Geometry {
    let pixel = ordered[0].slice.spacing ?? .one
    let geometry = Geometry(
      size: [image.format.columns, image.format.rows, ordered.count],
      spacing: [pixel.x, pixel.y, ordered[0].slice.thickness ?? 1], direction: .radiological)
    try geometry.checkPlausible(at: path)
    return geometry
  }

  var notes: [String] {
    let places =
      ordered.count == 1
      ? "its place in the patient is not said"
      : "its \(ordered.count) pictures do not say where they lie, and are one after the other along z"
    return [image.calibration.note, places].compactMap(\.self)
  }
}
