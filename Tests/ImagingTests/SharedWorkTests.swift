import Foundation
import Randomness
import Synchronization
import Testing

@testable import Imaging

/// What comes out of work on one thread and on several: the same bytes.
struct SharedWorkTests {
  private let folder: ScratchFolder
  private let grid = Geometry(size: [61, 47, 33], spacing: [0.8, 0.9, 2.5], origin: [4, -3, 7])

  /// The grids that values are brought on to: parallel, with its axes in another order, at an angle.
  private static let targets = [
    Geometry(size: [50, 40, 60], spacing: [1, 1.05, 1.3], origin: [3, -2, 6]),
    Geometry(
      size: [40, 70, 45],
      affine: [[0, 0.7, 0, 4], [0, 0, -0.9, 38], [1.9, 0, 0, 8], [0, 0, 0, 1]]),
    Geometry(
      size: [55, 45, 50],
      affine: [[0.8, 0.3, 0, 4], [-0.3, 0.8, 0.1, 2], [0, 0.1, 1.4, 8], [0, 0, 0, 1]]),
  ]

  init() throws {
    folder = try ScratchFolder()
  }

  private var volume: Volume<Float> {
    var generator = SplitMix64(seed: 31)
    return Volume(
      geometry: grid,
      voxels: (0..<grid.voxelCount).map { _ in .random(in: -1000...1000, using: &generator) })
  }

  private var labels: LabelMap {
    LabelMap(geometry: grid, voxels: volume.voxels.map { UInt16(abs($0)) / 200 })
  }

  @Test(arguments: [nil, 1, 2, 3, 100])
  func everyNumberIsWorkedOnOnce(threads: Int?) {
    for count in [0, 1, 2, 57] {
      let seen = Mutex([Int]())
      shareOut(count, threads: threads) { number in seen.withLock { $0.append(number) } }
      #expect(seen.withLock { $0.sorted() } == Array(0..<count))
    }
  }

  /// How many of twenty calls are under way at a time, at most.
  private func mostAtOnce(threads: Int?) -> Int {
    let running = Mutex((now: 0, most: 0))
    shareOut(20, threads: threads) { _ in
      running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      usleep(500)
      running.withLock { $0.now -= 1 }
    }
    return running.withLock { $0.most }
  }

  /// More may be idle or busy with other tests, so only the upper bound is certain.
  @Test func noMoreThreadsTakePartThanAreAskedFor() {
    #expect(mostAtOnce(threads: 1) == 1)
    #expect((1...2).contains(mostAtOnce(threads: 2)))
  }

  @Test func oneThreadIsTheCallersOwn() {
    let own = pthread_self()
    let others = Mutex(0)
    shareOut(50, threads: 1) { _ in
      if pthread_equal(pthread_self(), own) == 0 { others.withLock { $0 += 1 } }
    }
    #expect(others.withLock { $0 } == 0)
  }

  @Test(
    arguments: [
      Resampling.nearest, .linear, .cubic, .nnUNet, Resampling(.linear, smoothing: .antiAliasing),
    ], targets)
  func intensitiesAreResampledToTheSameBytes(by resampling: Resampling, onto target: Geometry) {
    let made = [1, 2, 3].map { threads in
      volume.resampled(onto: target, by: resampling, outside: -7, threads: threads).voxels
        .map(\.bitPattern)
    }
    #expect(made[0] == made[1])
    #expect(made[0] == made[2])
    #expect(Set(made[0]).count > 1000)
  }

  @Test(arguments: LabelInterpolation.allCases, targets)
  func labelsAreResampledToTheSameBytes(by interpolation: LabelInterpolation, onto target: Geometry)
  {
    let made = [1, 2, 3].map { threads in
      labels.resampled(onto: target, by: interpolation, threads: threads).voxels
    }
    #expect(made[0] == made[1])
    #expect(made[0] == made[2])
    #expect(Set(made[0]).count == 5)
  }

  @Test(arguments: targets)
  func scoresAreDecidedToTheSameBytes(onto target: Geometry) {
    let scores = volume.voxels + volume.voxels.reversed()
    let made = [1, 2, 3].map { threads in
      ScoreResampling.labelMap(
        of: scores, on: grid, onto: target, labels: [4, 9], threads: threads
      ).voxels
    }
    #expect(made[0] == made[1])
    #expect(made[0] == made[2])
    #expect(Set(made[0]) == [4, 9])
  }

  /// Two million voxels, so that there are several pieces of each kind.
  @Test func filesAreWrittenAndReadToTheSameBytes() throws {
    let large = Geometry(size: [160, 128, 100], spacing: .one)
    var generator = SplitMix64(seed: 5)
    let numbers = (0..<large.voxelCount).map { _ in Int16.random(in: -900...900, using: &generator)
    }
    let stored = StoredVolume(geometry: large, numbers: numbers, slope: 0.5, intercept: 3)
    let written = try [1, 2, 3].map { threads in
      try NIfTI.write(stored, to: folder["\(threads).nii.gz"], threads: threads)
      return try Data(contentsOf: URL(fileURLWithPath: folder["\(threads).nii.gz"]))
    }
    #expect(written[0] == written[1])
    #expect(written[0] == written[2])
    let read = try [1, 2, 3].map { threads in
      try ScanFile.read(at: folder["1.nii.gz"], threads: threads).volume.voxels
    }
    #expect(read[0] == numbers.map { Float(Double($0) * 0.5 + 3) })
    #expect(read[0] == read[1])
    #expect(read[0] == read[2])
  }

  @Test func labelsAndSwappedBytesAreTheSame() throws {
    let large = Geometry(size: [160, 128, 100], spacing: .one)
    let numbers = (0..<large.voxelCount).map { UInt16(truncatingIfNeeded: $0 &* 2_654_435_761) }
    let stored = StoredVolume(geometry: large, numbers: numbers)
    for threads in [1, 2, 3] {
      #expect(try stored.labelMap(path: "a", threads: threads).voxels == numbers)
      let bytes = VoxelBytes(numbers)
      bytes.swap(.uint16, threads: threads)
      let swapped = bytes.withBytes { Array($0.bindMemory(to: UInt16.self)) }
      #expect(swapped == numbers.map(\.byteSwapped))
    }
  }
}
