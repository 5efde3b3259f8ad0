/// The pairs of labels met in some slices of two maps: how often, and within which box.
struct PairSlab {
  struct Entry {
    let predicted: UInt16
    let referenced: UInt16
    var count: Int
    var box: VoxelBox
  }

  private(set) var entries: [Entry] = []

  /// The entry of each pair.
  private var positions: [UInt32: Int] = [:]

  /// The entries used last, by a hash of the pair: a look-up here is much faster.
  private var recent = [Int](repeating: -1, count: 256)

  /// Counts `count` voxels of a pair that fill a part of `box`.
  @inline(__always)
  mutating func add(_ predicted: UInt16, _ referenced: UInt16, count: Int, within box: VoxelBox) {
    let slot = Int((predicted &* 31 &+ referenced) & 255)
    let found = recent[slot]
    if found >= 0, entries[found].predicted == predicted,
      entries[found].referenced == referenced
    {
      entries[found].count += count
      entries[found].box.formUnion(box)
    } else {
      addSlowly(predicted, referenced, count: count, within: box, slot: slot)
    }
  }

  private mutating func addSlowly(
    _ predicted: UInt16, _ referenced: UInt16, count: Int, within box: VoxelBox, slot: Int
  ) {
    let key = UInt32(predicted) << 16 | UInt32(referenced)
    if let position = positions[key] {
      recent[slot] = position
      entries[position].count += count
      entries[position].box.formUnion(box)
    } else {
      positions[key] = entries.count
      recent[slot] = entries.count
      entries.append(
        Entry(predicted: predicted, referenced: referenced, count: count, box: box))
    }
  }

  /// Takes over what another slab has counted.
  mutating func merge(_ other: PairSlab) {
    for entry in other.entries {
      add(entry.predicted, entry.referenced, count: entry.count, within: entry.box)
    }
  }

  /// Counts one row of voxels, run by run.
  mutating func addRow(
    _ predicted: UnsafePointer<UInt16>, _ referenced: UnsafePointer<UInt16>, length: Int, y: Int,
    z: Int
  ) {
    var x = 0
    while x < length {
      let (found, expected) = (predicted[x], referenced[x])
      let start = x
      x = Self.endOfRun(from: x, found, expected, predicted, referenced, length)
      add(
        found, expected, count: x - start,
        within: VoxelBox(lower: SIMD3(start, y, z), upper: SIMD3(x, y + 1, z + 1)))
    }
  }

  /// Where the run of one pair ends; compares four voxels at a time.
  @inline(__always)
  private static func endOfRun(
    from start: Int, _ found: UInt16, _ expected: UInt16, _ predicted: UnsafePointer<UInt16>,
    _ referenced: UnsafePointer<UInt16>, _ length: Int
  ) -> Int {
    let (four, wanted) = (
      UInt64(found) &* 0x1_0001_0001_0001, UInt64(expected) &* 0x1_0001_0001_0001
    )
    let (left, right) = (UnsafeRawPointer(predicted), UnsafeRawPointer(referenced))
    var x = start + 1
    while x + 4 <= length,
      left.loadUnaligned(fromByteOffset: 2 * x, as: UInt64.self) == four,
      right.loadUnaligned(fromByteOffset: 2 * x, as: UInt64.self) == wanted
    {
      x += 4
    }
    while x < length, predicted[x] == found, referenced[x] == expected { x += 1 }
    return x
  }
}
