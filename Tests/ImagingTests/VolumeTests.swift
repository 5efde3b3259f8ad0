import Imaging
import Testing

struct VolumeTests {
  @Test func theFirstIndexGrowsFastest() {
    let geometry = Geometry(size: [2, 3, 2], spacing: [1, 1, 1])
    var volume = Volume(geometry: geometry, voxels: Array(0..<12))
    #expect(volume[1, 0, 0] == 1)
    #expect(volume[0, 1, 0] == 2)
    #expect(volume[1, 2, 1] == 11)
    volume[0, 0, 1] = 99
    #expect(volume.voxels[6] == 99)
  }

  @Test func aVolumeCanBeFilledWithOneValue() {
    let labels = LabelMap(geometry: Geometry(size: [2, 2, 2], spacing: .one), filledWith: 3)
    #expect(labels.voxels == Array(repeating: 3, count: 8))
  }
}
