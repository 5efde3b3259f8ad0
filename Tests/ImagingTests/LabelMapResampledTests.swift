import Imaging
import Randomness
import Testing

struct LabelMapResampledTests {
  private let row = LabelMap(
    geometry: Geometry(size: [4, 1, 1], spacing: .one), voxels: [5, 5, 2, 9])

  @Test func theGreatestWeightWinsAndTheLowerOfEquals() {
    //  voxels    5         5         2         9
    //  targets   0   0.5   1   1.5   2   2.5   3
    let fine = Geometry(size: [7, 1, 1], spacing: [0.5, 1, 1])
    #expect(row.resampled(onto: fine, by: .vote).voxels == [5, 5, 5, 2, 2, 2, 9])
    #expect(row.resampled(onto: fine, by: .nearest).voxels == [5, 5, 5, 2, 2, 9, 9])
  }

  @Test func severalVoxelsOfOneLabelOutvoteTheClosest() {
    // In the square (0, 0), (1, 0), (0, 1) around label 1 at (1, 1): at (0.6, 0.6) the closest voxel
    // has 0.36 of the weight and the other three, all label 3, have 0.64.
    let labels = LabelMap(
      geometry: Geometry(size: [2, 2, 1], spacing: .one), voxels: [3, 3, 3, 1])
    let point = Geometry(size: [1, 1, 1], spacing: .one, origin: [0.6, 0.6, 0])
    #expect(labels.resampled(onto: point, by: .vote).voxels == [3])
    #expect(labels.resampled(onto: point, by: .nearest).voxels == [1])
  }

  @Test func acrossThickSlicesTheClosestOneDecides() {
    let labels = LabelMap(
      geometry: Geometry(size: [2, 1, 2], spacing: [1, 1, 4]), voxels: [3, 7, 8, 8])
    let point = Geometry(size: [1, 1, 1], spacing: .one, origin: [0.4, 0, 1.9])
    #expect(labels.resampled(onto: point, by: .voteInPlane).voxels == [3])
    #expect(labels.resampled(onto: point, by: .vote).voxels == [8])
  }

  /// The vote by its definition: a volume of weights per label, interpolated, then compared.
  @Test(arguments: [false, true])
  func theVoteIsTheArgMaxOfInterpolatedWeights(isTilted: Bool) {
    let labels = randomLabels(kinds: 41)
    let target =
      isTilted
      ? Geometry(
        size: [14, 14, 14],
        affine: [[0.8, 0.6, 0, 0], [-0.6, 0.8, 0, 4], [0, 0.1, 1, 0], [0, 0, 0, 1]])
      : Geometry(size: [19, 17, 15], spacing: [0.7, 0.61, 0.83], origin: [-0.3, 0.2, 0.1])
    let made = labels.resampled(onto: target, by: .vote, outside: 500).voxels
    var best = [Float](repeating: 0, count: target.voxelCount)
    var winner = [UInt16](repeating: 500, count: target.voxelCount)
    for label in Set(labels.voxels).sorted() {
      let mask = Volume<Float>(
        geometry: labels.geometry, voxels: labels.voxels.map { $0 == label ? 1 : 0 })
      let weights = mask.resampled(onto: target, by: .linear, outside: 0).voxels
      // What rounding cannot tell apart is left to the test of ties above.
      for (index, weight) in weights.enumerated() where weight > best[index] + 1e-6 {
        (best[index], winner[index]) = (weight, label)
      }
    }
    #expect(made.indices.count { made[$0] != winner[$0] } == 0)
  }

  @Test func bytesAndWordsVoteAlike() {
    let words = randomLabels(kinds: 9)
    let bytes = Volume<UInt8>(
      geometry: words.geometry, voxels: words.voxels.map { UInt8($0) })
    for way in LabelInterpolation.allCases {
      for target in [words.geometry.resized(to: [21, 7, 13]), tilted] {
        let made = bytes.resampled(onto: target, by: way, outside: 200)
        #expect(
          made.voxels.map { UInt16($0) }
            == words.resampled(onto: target, by: way, outside: 200).voxels)
      }
    }
  }

  /// 41 organs of a real CT: no label comes from nowhere, none of size is lost, and the way there
  /// and back keeps what is thicker than a voxel.
  @Test(.enabled(if: RealScans.areHere, "../shared/data is not there"))
  func fortyOneOrgansSurviveTheWayThereAndBack() throws {
    let labels = try NIfTI.readLabels(
      at: RealScans.folder + "/totalsegmentator/example_ct_sm_seg104.nii.gz")
    let finer = labels.geometry.respaced(to: labels.geometry.spacing / 1.7)
    let there = labels.resampled(onto: finer, by: .vote)
    let back = there.resampled(onto: labels.geometry, by: .vote)
    #expect(Set(labels.voxels).isSuperset(of: there.voxels))
    #expect(Set(labels.voxels).count > 40)
    let kept = zip(labels.voxels, back.voxels).count { $0 == $1 }
    #expect(Double(kept) > 0.995 * Double(labels.voxels.count))
  }

  private var tilted: Geometry {
    Geometry(
      size: [9, 9, 9],
      affine: [[0.8, 0.6, 0, 1], [-0.6, 0.8, 0, 4], [0, 0.1, 1, 1], [0, 0, 0, 1]])
  }

  private func randomLabels(kinds: UInt16) -> LabelMap {
    var generator = SplitMix64(seed: 5)
    return LabelMap(geometry: Geometry(size: [12, 11, 10], spacing: .one)) { _, _, _ in
      .random(in: 0..<kinds, using: &generator)
    }
  }
}
