import Imaging
import Randomness
import TestSupport
import Testing

@Suite struct PhantomTests {
  /// A small patient; the stream names it.
  static func patient(_ stream: UInt64, size: Int = 24) -> PhantomCase {
    var generator = SplitMix64(seed: 7, stream: stream)
    return Phantom.makeCase(size: size, using: &generator)
  }

  @Test func theSameStreamGivesTheSameVoxels() {
    let (first, second) = (Self.patient(1, size: 12), Self.patient(1, size: 12))
    #expect(first.labels == second.labels)
    #expect(first.scans == second.scans)
    #expect(first.scans != Self.patient(2, size: 12).scans)
  }

  @Test func everyModalityHasItsOwnGridOverTheSameBody() throws {
    let patient = Self.patient(1, size: 12)
    let ct = try #require(patient.scans["ct"]).geometry
    let mri = try #require(patient.scans["mri"]).geometry
    let ultrasound = try #require(patient.scans["ultrasound"]).geometry
    #expect(patient.labels.geometry == ct)
    #expect(ct.size == [12, 12, 12])
    #expect(ct.direction == .radiological)
    // The MRI is sagittal: its first axis points to the back, its slices lie side by side.
    #expect(mri.direction.x.y < -0.9)
    #expect(mri.direction.z.x < -0.9)
    #expect(Set([ct.spacing, mri.spacing, ultrasound.spacing]).count == 3)
    #expect(ct.overlaps(mri) && ct.overlaps(ultrasound))
    #expect(ultrasound.spacing.x < ct.spacing.x)
  }

  @Test func everyStructureIsLargeEnoughToBeLearnt() {
    for stream in 1...2 as ClosedRange<UInt64> {
      let patient = Self.patient(stream)
      let volume = patient.labels.geometry.spacing
      let cubicMillimetres = volume.x * volume.y * volume.z
      for label in Phantom.labels {
        let voxels = patient.labels.voxels.filter { Int($0) == label.value }.count
        // 1000 mm³ are about 200 voxels at size 48.
        #expect(Double(voxels) * cubicMillimetres > 1000, "\(label.name) of case \(stream)")
      }
    }
  }

  @Test func ultrasoundIsZeroOutsideItsFanAndNowhereInside() throws {
    let scan = try #require(Self.patient(1).scans["ultrasound"])
    let size = scan.geometry.size
    let middle = size.z / 2
    // The corners next to the probe are outside of the fan, the middle is inside.
    #expect(scan[0, 0, middle] == 0)
    #expect(scan[size.x - 1, 0, middle] == 0)
    #expect(scan[size.x / 2, size.y / 2, middle] > 0)
    let inside = scan.voxels.filter { $0 != 0 }
    #expect(inside.allSatisfy { (1...255).contains($0) })
    #expect(Double(inside.count) / Double(scan.voxels.count) > 0.5)
  }

  @Test func ctShowsAirAsAirAndTheCalcificationAsTheDensest() throws {
    let patient = Self.patient(2)
    let ct = try #require(patient.scans["ct"])
    let means = (0...5).map { label -> Float in
      let values = zip(ct.voxels, patient.labels.voxels).filter { $0.1 == label }.map(\.0)
      return values.reduce(0, +) / Float(values.count)
    }
    #expect(ct.voxels[0] < -900)
    #expect(ct.voxels.allSatisfy { $0 >= -1024 && $0 == $0.rounded() })
    #expect(means[5] > 250)
    // Vessel, lesion and cyst cannot be told from the organ by their density.
    for label in 2...4 {
      #expect(abs(means[label] - means[1]) < 20)
    }
  }

  /// The reason for fusing: what one scan shows, the others do not.
  @Test func noSingleModalityComesCloseToAllThree() {
    let training = (0..<3).map { Self.patient($0, size: 20) }
    let heldOut = (3..<5).map { Self.patient($0, size: 20) }
    let dice = [["ct"], ["mri"], ["ultrasound"], ["ct", "mri", "ultrasound"]].map {
      VoxelClassifier(modalities: $0, cases: training).bestMeanDice(on: heldOut)
    }
    #expect(dice[3] > 0.6)
    for single in dice.prefix(3) {
      #expect(single < dice[3] - 0.25)
    }
  }
}
