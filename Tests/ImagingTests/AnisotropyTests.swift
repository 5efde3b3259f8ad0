import Imaging
import Testing

struct AnisotropyTests {
  /// As nnU-Net 2.5's `determine_do_sep_z_and_axis` decides.
  @Test func oneAxisMoreThanThreeTimesAsCoarseIsTreatedOnItsOwn() {
    #expect(Anisotropy.coarseAxis(of: [1, 1, 3]) == nil)
    #expect(Anisotropy.coarseAxis(of: [1, 1, 3.01]) == 2)
    #expect(Anisotropy.coarseAxis(of: [5, 1, 2]) == 0)
    #expect(Anisotropy.coarseAxis(of: [0.24, 1.25, 1.25]) == nil)
  }

  @Test func acrossThickSlicesNothingIsInterpolated() {
    let volume = Volume<Float>(
      geometry: Geometry(size: [1, 1, 3], spacing: [1, 1, 4]), voxels: [0, 100, 200])
    let fine = volume.geometry.resized(to: [1, 1, 12])
    #expect(
      volume.resampled(onto: fine, by: .nnUNet).voxels
        == [0, 0, 0, 0, 100, 100, 100, 100, 200, 200, 200, 200])
    let linear = Resampling(.cubic, acrossSlices: .linear, edge: .continued, keepsRange: true)
    #expect(volume.resampled(onto: fine, by: linear).voxels.prefix(4) == [0, 0, 12.5, 37.5])
  }

  @Test func aThickTargetIsTreatedOnItsOwnToo() {
    let volume = Volume<Float>(
      geometry: Geometry(size: [1, 1, 9], spacing: .one), voxels: (0..<9).map { Float($0 * $0) })
    let thick = Geometry(size: [1, 1, 2], spacing: [1, 1, 4], origin: [0, 0, 1.7])
    #expect(volume.resampled(onto: thick, by: .nnUNet).voxels == [4, 36])
  }
}
