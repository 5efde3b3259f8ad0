internal import CVoxels
import Synchronization

/// A volume as a file stores it: numbers of some type, and how they are scaled.
///
/// It takes the memory of the file's type, and turns into a ``Volume`` or a ``LabelMap`` on demand.
public struct StoredVolume: Sendable {
  /// The grid.
  public let geometry: Geometry

  /// The type of the stored numbers.
  public let type: VoxelType

  /// What a stored number is multiplied by.
  public let slope: Double

  /// What is added after that.
  public let intercept: Double

  private(set) var bytes: VoxelBytes

  /// The numbers in `bytes`, x fastest, in the machine's order of bytes.
  init(
    geometry: Geometry, type: VoxelType, bytes: VoxelBytes, slope: Double = 1,
    intercept: Double = 0
  ) {
    precondition(
      bytes.count == geometry.voxelCount * type.byteCount,
      "\(bytes.count) bytes of \(type) for a grid of \(geometry)")
    self.geometry = geometry
    self.type = type
    self.slope = slope
    self.intercept = intercept
    self.bytes = bytes
  }

  /// Stored numbers, x fastest.
  ///
  /// - Precondition: There are as many numbers as the grid has voxels.
  public init<Number: VoxelNumber>(
    geometry: Geometry, numbers: [Number], slope: Double = 1, intercept: Double = 0
  ) {
    self.init(
      geometry: geometry, type: Number.voxelType, bytes: VoxelBytes(numbers), slope: slope,
      intercept: intercept)
  }

  /// The brightness of pixels of `channels` numbers each.
  init(luminanceOf bytes: VoxelBytes, type: VoxelType, channels: Int, on geometry: Geometry) {
    let values = VoxelBytes(count: geometry.voxelCount * MemoryLayout<Float>.stride)
    bytes.withBytes { pixels in
      var source = cvoxels_source(
        numbers: pixels.baseAddress, count: Int64(geometry.voxelCount), type: type.code, slope: 1,
        intercept: 0)
      let output = values.memory.assumingMemoryBound(to: Float.self)
      if let start = output.baseAddress { cvoxels_to_luminance(&source, Int32(channels), start) }
    }
    self.init(geometry: geometry, type: .float32, bytes: values)
  }

  /// The same numbers on another grid of the same size.
  ///
  /// - Precondition: The sizes are equal.
  public func moved(to grid: Geometry) -> StoredVolume {
    StoredVolume(geometry: grid, type: type, bytes: bytes, slope: slope, intercept: intercept)
  }

  /// The scaled values.
  ///
  /// - Complexity: O(voxels), on all cores.
  public var volume: Volume<Float> { volume(threads: nil, isDiscarding: false) }

  /// The scaled values in place of the stored ones, whose memory is given back on the way, so that
  /// the two are never there at once; unless another copy of this volume shares it.
  ///
  /// - Parameter threads: How many threads take part; `nil` for one per core.
  public consuming func intoVolume(threads: Int? = nil) -> Volume<Float> {
    let isOnlyOwner = isKnownUniquelyReferenced(&bytes)
    return volume(threads: threads, isDiscarding: isOnlyOwner)
  }

  private func volume(threads: Int?, isDiscarding: Bool) -> Volume<Float> {
    let count = geometry.voxelCount
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).preferLargePages()
      nonisolated(unsafe) let output = buffer
      forEachSource(threads: threads) { source, start in
        guard let values = output.baseAddress else { return }
        cvoxels_to_floats(&source, values + start)
        guard isDiscarding else { return }
        let width = type.byteCount
        bytes.discard(start * width..<(start + Int(source.count)) * width)
      }
      filled = count
    }
    return Volume(geometry: geometry, voxels: values)
  }

  /// The scaled values as labels; values within 0.001 of a whole number from 0 to 65535 are rounded.
  ///
  /// - Throws: ``ImagingError/badLabels(path:description:)`` for other values, naming `path`.
  public func labelMap(path: String, threads: Int? = nil) throws(ImagingError) -> LabelMap {
    let count = geometry.voxelCount
    let refusals = Mutex((count: 0, place: Int.max, value: 0.0))
    let labels = [UInt16](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).preferLargePages()
      nonisolated(unsafe) let output = buffer
      forEachSource(threads: threads) { source, start in
        guard let labels = output.baseAddress else { return }
        var value = 0.0
        let refused = Int(cvoxels_to_labels(&source, labels + start, &value))
        guard refused > 0 else { return }
        refusals.withLock { known in
          known.count += refused
          if start < known.place { (known.place, known.value) = (start, value) }
        }
      }
      filled = count
    }
    let refused = refusals.withLock { $0 }
    guard refused.count == 0 else {
      let voxels = refused.count == 1 ? "1 voxel has" : "\(refused.count) voxels have"
      throw .badLabels(
        path: path, description: "\(voxels) another value, the first of them \(refused.value)")
    }
    return LabelMap(geometry: geometry, voxels: labels)
  }

  /// What the scaled values are like.
  public var summary: VoxelSummary {
    let parts = Mutex([Int: cvoxels_summary]())
    forEachSource(threads: nil) { source, start in
      var part = cvoxels_summary()
      cvoxels_summarize(&source, &part)
      parts.withLock { $0[start] = part }
    }
    // One order of addition, whichever piece was ready first.
    return parts.withLock { $0 }.sorted { $0.key < $1.key }
      .reduce(VoxelSummary()) { $0 + VoxelSummary($1.value) }
  }

  /// Calls `body` with pieces of the numbers and the voxel where each starts, on several threads.
  private func forEachSource(
    threads: Int?, _ body: @Sendable (inout cvoxels_source, Int) -> Void
  ) {
    bytes.withBytes { raw in
      nonisolated(unsafe) let numbers = raw
      forEachPiece(of: geometry.voxelCount, threads: threads) { piece in
        let first = numbers.baseAddress.map { $0 + piece.lowerBound * type.byteCount }
        var source = cvoxels_source(
          numbers: first, count: Int64(piece.count), type: type.code, slope: slope,
          intercept: intercept)
        body(&source, piece.lowerBound)
      }
    }
  }
}
