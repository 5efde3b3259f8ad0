import Foundation

/// A scan that has been opened: its header is read and checked, its voxels are not yet.
///
/// A format has one type of its own that conforms, and ``ScanFile`` finds it.
public protocol ScanReader {
  /// The file or folder.
  var path: String { get }

  /// The grid of every frame.
  var geometry: Geometry { get }

  /// How many volumes there are on the grid.
  var frames: Int { get }

  /// The type of the numbers that ``read(frame:threads:)`` returns.
  var type: VoxelType { get }

  /// The header of a NIfTI file, which another file on the same grid can be written like.
  var header: NIfTIHeader? { get }

  /// What a person is to know of the scan beyond its numbers, in sentences without a full stop.
  var notes: [String] { get }

  /// Reads the volume `frame`, from `0..<frames`, as it is stored.
  ///
  /// - Parameter threads: How many threads take part at most; `nil` for one per core.
  /// - Throws: ``ImagingError``.
  func read(frame: Int, threads: Int?) throws(ImagingError) -> StoredVolume

  /// Reads the volume `frame` as labels.
  ///
  /// - Parameter threads: How many threads take part at most; `nil` for one per core.
  /// - Throws: ``ImagingError``, ``ImagingError/badLabels(path:description:)`` among them.
  func readLabels(frame: Int, threads: Int?) throws(ImagingError) -> LabelMap
}

extension ScanReader {
  public var header: NIfTIHeader? { nil }

  public var notes: [String] { [] }

  public func readLabels(frame: Int, threads: Int?) throws(ImagingError) -> LabelMap {
    try read(frame: frame, threads: threads).labelMap(path: path, threads: threads)
  }

  /// Reads a volume as it is stored, on all cores.
  ///
  /// - Throws: ``ImagingError``.
  public func read(frame: Int) throws(ImagingError) -> StoredVolume {
    try read(frame: frame, threads: nil)
  }

  /// Reads a volume as labels, on all cores.
  ///
  /// - Throws: ``ImagingError``, ``ImagingError/badLabels(path:description:)`` among them.
  public func readLabels(frame: Int) throws(ImagingError) -> LabelMap {
    try readLabels(frame: frame, threads: nil)
  }

  /// The frame to read: the one that is asked for, or the only one.
  ///
  /// - Throws: ``ImagingError/frameNeeded(path:frames:)`` or
  ///   ``ImagingError/badFrame(path:frame:frames:)``.
  public func choose(_ frame: Int?) throws(ImagingError) -> Int {
    guard let frame else {
      guard frames == 1 else { throw .frameNeeded(path: path, frames: frames) }
      return 0
    }
    guard (0..<frames).contains(frame) else {
      throw .badFrame(path: path, frame: frame, frames: frames)
    }
    return frame
  }

  /// Reads a volume with its scaling applied.
  func scan(frame: Int?, threads: Int? = nil) throws(ImagingError) -> Scan {
    let volume = try read(frame: choose(frame), threads: threads).intoVolume(threads: threads)
    return Scan(volume: volume, header: header)
  }
}

extension Geometry {
  /// Refuses a grid whose voxels could not be held, as they are stored and as floats.
  ///
  /// - Parameter bytes: What the stored voxels of one frame take.
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  func checkFitsInMemory(at path: String, bytes: Int) throws(ImagingError) {
    let needed = UInt64(voxelCount) * UInt64(MemoryLayout<Float>.stride) + UInt64(bytes)
    guard needed < ProcessInfo.processInfo.physicalMemory else {
      throw .unreadable(path: path, reason: "its \(voxelCount) voxels do not fit in memory")
    }
  }
}
