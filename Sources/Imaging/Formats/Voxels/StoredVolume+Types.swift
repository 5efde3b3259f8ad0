extension StoredVolume {
  /// The values as whole numbers of `type`; `nil` for other types, and when a value is not one of
  /// its numbers.
  ///
  /// Types of more than 16 bits have numbers that a float has not, and count as other types.
  public init?(_ volume: Volume<Float>, as type: VoxelType) {
    let numbers: StoredVolume? =
      switch type {
      case .uint8: Self.whole(volume, UInt8.self)
      case .int8: Self.whole(volume, Int8.self)
      case .uint16: Self.whole(volume, UInt16.self)
      case .int16: Self.whole(volume, Int16.self)
      default: nil
      }
    guard let numbers else { return nil }
    self = numbers
  }

  private static func whole<Number: VoxelNumber & FixedWidthInteger>(
    _ volume: Volume<Float>, _ type: Number.Type
  ) -> StoredVolume? {
    var numbers: [Number] = []
    numbers.reserveCapacity(volume.voxels.count)
    for value in volume.voxels {
      guard let number = Number(exactly: value) else { return nil }
      numbers.append(number)
    }
    return StoredVolume(geometry: volume.geometry, numbers: numbers)
  }
}
