/// Takes slices apart into volumes with one slice at every place: echoes, times, weightings.
struct SlicePartition {
  /// Places closer than this, in millimetres, are one.
  static let onePlace = 1e-3

  /// The volumes, each in order along the normal.
  let volumes: [[DICOMStack.Member]]

  /// What tells them apart.
  let key: DICOMSliceKey?

  /// - Parameters:
  ///   - members: Slices that look the same way and say where they lie.
  ///   - path: What errors name.
  /// - Throws: ``ImagingError/irregularSlices(path:fault:)`` where slices share a place and nothing
  ///   tells them apart.
  init(
    _ members: [DICOMStack.Member], _ images: [DICOMImage], options: DICOMOptions, path: String
  ) throws(ImagingError) {
    let piles = Self.piles(members)
    guard piles.contains(where: { $0.count > 1 }) else {
      (volumes, key) = ([piles.flatMap(\.self)], nil)
      return
    }
    if let (found, key) = Self.split(members, piles.count, after: nil) {
      (volumes, self.key) = (found, key)
      return
    }
    guard options.doubles == .first else {
      let doubles = piles.filter { $0.count > 1 }
      throw .irregularSlices(
        path: path,
        fault: .doubleSlices(
          places: doubles.count, first: doubles.first?.first?.slice.plane?.height ?? 0,
          slices: members.count))
    }
    let firsts = piles.compactMap { pile in
      pile.min { left, right in
        (images[left.image].identity.instanceNumber ?? .max, left.image, left.slice.frame)
          < (images[right.image].identity.instanceNumber ?? .max, right.image, right.slice.frame)
      }
    }
    (volumes, key) = ([firsts], nil)
  }

  /// The slices by their place, in order along the normal.
  private static func piles(_ members: [DICOMStack.Member]) -> [[DICOMStack.Member]] {
    guard let normal = members.first?.slice.plane?.normal else { return [] }
    let heights = members.map { member in
      member.slice.plane.map { ($0.position * normal).sum() } ?? 0
    }
    var piles: [[DICOMStack.Member]] = []
    var last = -Double.infinity
    for index in members.indices.sorted(by: { (heights[$0], $0) < (heights[$1], $1) }) {
      if heights[index] - last < onePlace {
        piles[piles.count - 1].append(members[index])
      } else {
        piles.append([members[index]])
      }
      last = heights[index]
    }
    return piles
  }

  /// Parts the slices by the first key whose every value has a slice at every place, or by several
  /// keys together.
  private static func split(
    _ members: [DICOMStack.Member], _ places: Int, after last: DICOMSliceKey?
  ) -> ([[DICOMStack.Member]], DICOMSliceKey)? {
    for key in DICOMSliceKey.allCases where last.map({ key > $0 }) ?? true {
      let groups = Dictionary(grouping: members) { $0.slice.keys[key] ?? "" }
      guard groups.count > 1 else { continue }
      let parted = groups.sorted { naturallyPrecedes($0.key, $1.key) }.map {
        (members: $0.value, piles: piles($0.value))
      }
      guard parted.allSatisfy({ $0.piles.count == places }) else { continue }
      var volumes: [[DICOMStack.Member]] = []
      for part in parted {
        if part.piles.count == part.members.count {
          volumes.append(part.piles.flatMap(\.self))
        } else if let (inner, _) = split(part.members, places, after: key) {
          volumes += inner
        }
      }
      if volumes.reduce(0, { $0 + $1.count }) == members.count { return (volumes, key) }
    }
    return nil
  }
}
