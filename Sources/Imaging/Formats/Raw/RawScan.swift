/// What a header that stands before, or beside, plain voxels says of them.
struct RawScan {
  let path: String
  let geometry: Geometry
  let type: VoxelType

  /// Where the voxels are in the order of the file.
  let order: VoxelOrder

  /// How many numbers make one voxel: 1, or 3 or 4 for colours, which become their brightness.
  let channels: Int

  let provider: any VoxelProvider

  /// How many numbers there are from the first of a frame to its last.
  var span: Int { ((geometry.size &- 1) &* order.strides).wrappedSum() + channels }

  /// Refuses what cannot be, before memory is taken.
  ///
  /// - Throws: ``ImagingError``.
  func check() throws(ImagingError) {
    try geometry.checkFitsInMemory(at: path, bytes: max(span * type.byteCount, 4))
    try geometry.checkPlausible(at: path)
    guard channels > 1, type != .uint8, type != .uint16 else { return }
    throw .unsupported(
      path: path, found: "voxels of \(channels) numbers of type \(type)",
      advice: "Convert them to real numbers; only colours of uint8 or uint16 are read.")
  }
}

/// Where a header says that voxels are, in numbers of the file's order.
struct VoxelOrder: Equatable {
  /// How far it is from a voxel to the next one along x, y and z.
  let strides: SIMD3<Int>

  /// The other axes: how many steps there are, and how far one is.
  let frameAxes: [(count: Int, stride: Int)]

  var frames: Int { frameAxes.reduce(1) { $0 * $1.count } }

  /// The first voxel of a frame; the first of the axes runs fastest.
  func start(ofFrame frame: Int) -> Int {
    var (rest, start) = (frame, 0)
    for axis in frameAxes {
      start += rest % axis.count * axis.stride
      rest /= axis.count
    }
    return start
  }

  static func == (left: VoxelOrder, right: VoxelOrder) -> Bool {
    left.strides == right.strides
      && left.frameAxes.elementsEqual(right.frameAxes) { $0 == $1 }
  }
}

/// Something that voxels can be read from.
protocol VoxelProvider {
  /// Reads numbers of the file's order, in the machine's order of bytes.
  ///
  /// - Parameter threads: How many threads take part; `nil` for one per core.
  /// - Throws: ``ImagingError``.
  func read(_ voxels: Range<Int>, threads: Int?) throws(ImagingError) -> VoxelBytes
}

extension VoxelSource: VoxelProvider {}

/// A file with plain voxels that has been opened.
final class RawScanReader: ScanReader {
  private let scan: RawScan

  var path: String { scan.path }
  var geometry: Geometry { scan.geometry }
  var frames: Int { scan.order.frames }
  var type: VoxelType { scan.channels > 1 ? .float32 : scan.type }

  init(_ scan: RawScan) throws(ImagingError) {
    try scan.check()
    self.scan = scan
  }

  func read(frame: Int, threads: Int?) throws(ImagingError) -> StoredVolume {
    let (size, strides) = (geometry.size, scan.order.strides)
    let start = scan.order.start(ofFrame: frame)
    let bytes = try scan.provider.read(start..<start + scan.span, threads: threads)
    let isInOrder =
      strides == [scan.channels, scan.channels * size.x, scan.channels * size.x * size.y]
    let ordered =
      isInOrder
      ? bytes
      : bytes.gathered(
        size, strides, width: scan.channels * scan.type.byteCount,
        unit: scan.type.byteCount)
    guard scan.channels > 1 else {
      return StoredVolume(geometry: geometry, type: scan.type, bytes: ordered)
    }
    return StoredVolume(
      luminanceOf: ordered, type: scan.type, channels: scan.channels, on: geometry)
  }
}
