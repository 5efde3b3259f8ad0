import Imaging
import Testing

struct StoredVolumeTests {
  let grid = Geometry(size: [4, 1, 1], spacing: .one)

  @Test func theScalingIsDoneInDoublePrecision() {
    // 16777217 is no float; its half less the half is.
    let stored = StoredVolume(
      geometry: grid, numbers: [16_777_217, -3, 0, 1] as [Int32], slope: 2, intercept: -33_554_432)
    // The second is 33,554,438 below zero, where the floats next to it are 4 apart.
    #expect(stored.volume.voxels == [2, -33_554_440, -33_554_432, -33_554_430])
  }

  @Test func theSummaryLeavesOutWhatIsNotFinite() {
    let summary = StoredVolume(
      geometry: grid, numbers: [1.0, .nan, -5, .infinity], slope: 2, intercept: 1
    ).summary
    #expect(summary.minimum == -9 && summary.maximum == 3 && summary.mean == -3)
    #expect(summary.finiteCount == 2 && summary.nonFiniteCount == 2)
    #expect(VoxelSummary().mean == nil)
  }

  @Test func manyVoxelsOnManyCoresAreSummedInOneOrder() {
    let wide = Geometry(size: [1 << 10, 1 << 10, 1], spacing: [0.5, 0.5, 1])
    let stored = StoredVolume(geometry: wide, numbers: (0..<1 << 20).map { Float($0) / 3 })
    let first = stored.summary
    for _ in 0..<5 { #expect(stored.summary == first) }
    #expect(stored.volume.voxels[1 << 19] == Float(1 << 19) / 3)
  }

  @Test func theFirstValueThatIsNoLabelIsNamed() {
    let wide = Geometry(size: [1 << 10, 1 << 10, 1], spacing: [0.5, 0.5, 1])
    var numbers = [Float](repeating: 2, count: 1 << 20)
    numbers[1 << 19] = 0.5
    numbers[(1 << 20) - 1] = -7
    let stored = StoredVolume(geometry: wide, numbers: numbers)
    #expect(
      imagingError { try stored.labelMap(path: "a") }
        == .badLabels(path: "a", description: "2 voxels have another value, the first of them 0.5"))
  }

  @Test(arguments: VoxelType.allCases)
  func everyTypeGivesItsValuesAndLabels(type: VoxelType) throws {
    let folder = try ScratchFolder()
    let bytes = NIfTIBytes(
      dim: [3, 4, 1, 1, 1, 1, 1, 1],
      dataType: [
        .uint8: 2, .int16: 4, .int32: 8, .float32: 16, .float64: 64, .int8: 256, .uint16: 512,
        .uint32: 768, .int64: 1024, .uint64: 1280,
      ][type] ?? 0)
    let path = try folder.store(bytes.file(bytes.numbers([0, 1, 100, 7], type)), as: "a.nii")
    let stored = try ScanFile.open(path).read(frame: 0)
    #expect(stored.type == type)
    #expect(stored.volume.voxels == [0, 1, 100, 7])
    #expect(try stored.labelMap(path: path).voxels == [0, 1, 100, 7])
    // Written again, the type and the numbers stay.
    try NIfTI.write(stored, to: folder["b.nii.gz"])
    let again = try ScanFile.open(folder["b.nii.gz"]).read(frame: 0)
    #expect(again.type == type && again.volume.voxels == stored.volume.voxels)
  }

  /// Three million voxels, whose memory is the system's own and is given back by pages.
  @Test func aVolumeInPlaceOfItsNumbersIsTheSameAndLeavesOtherCopiesAlone() {
    let large = Geometry(size: [200, 150, 100], spacing: .one)
    let numbers = (0..<large.voxelCount).map { Float($0 % 1013) }
    let stored = StoredVolume(geometry: large, numbers: numbers)
    let copy = stored
    #expect(copy.intoVolume().voxels == numbers)
    #expect(stored.volume.voxels == numbers)
    #expect(stored.intoVolume().voxels == numbers)
  }

  @Test func wholeNumbersAreOnlyThoseOfTheType() {
    let whole = Volume(geometry: grid, voxels: [0, 255, 1, 2] as [Float])
    #expect(StoredVolume(whole, as: .uint8)?.volume == whole)
    #expect(StoredVolume(whole, as: .int8) == nil)
    #expect(StoredVolume(whole, as: .float32) == nil)
    let half = Volume(geometry: grid, voxels: [0, 0.5, .nan, 2] as [Float])
    #expect(StoredVolume(half, as: .uint8) == nil)
  }
}
