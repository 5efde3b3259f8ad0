/// Pictures that were taken together, put into stacks.
enum DICOMSeries {
  /// The stacks of some images: one for every series, and more where one holds pictures that look
  /// another way or have another size.
  ///
  /// - Returns: Groups of slices in the order of series numbers, then of the files.
  static func groups(_ images: [DICOMImage]) -> [[DICOMStack.Member]] {
    var groups: [Group] = []
    var known: [Key: [Int]] = [:]
    for (number, image) in images.enumerated() {
      for slice in image.slices {
        let key = Key(image, slice)
        let member = DICOMStack.Member(image: number, slice: slice)
        if let fitting = known[key]?.first(where: { groups[$0].fits(slice) }) {
          groups[fitting].members.append(member)
        } else {
          known[key, default: []].append(groups.count)
          groups.append(Group(members: [member], number: image.identity.seriesNumber ?? .max))
        }
      }
    }
    return groups.enumerated().sorted {
      ($0.element.number, $0.offset) < ($1.element.number, $1.offset)
    }
    .map(\.element.members)
  }

  /// What all slices of a stack have in common, exactly.
  private struct Key: Hashable {
    let series: String
    let format: DICOMPixelFormat
    let stack: String?
    let frameOfReference: String

    init(_ image: DICOMImage, _ slice: DICOMSlice) {
      series = image.identity.series
      format = image.format
      stack = slice.stack
      frameOfReference = image.identity.frameOfReference
    }
  }

  private struct Group {
    var members: [DICOMStack.Member]
    let number: Int

    /// Whether a slice looks the same way and has pixels of the same size.
    func fits(_ slice: DICOMSlice) -> Bool {
      let first = members[0].slice
      guard let plane = slice.plane, let firstPlane = first.plane else {
        return slice.plane == nil && first.plane == nil && slice.spacing == first.spacing
      }
      guard plane.isParallel(to: firstPlane) else { return false }
      let difference = (slice.spacing ?? .one) - (first.spacing ?? .one)
      return max(abs(difference.x), abs(difference.y)) < 1e-4
    }
  }
}
