import Imaging
import Testing

@testable import Training

struct PreprocessingTests {
  private let preprocessing = Preprocessing(plan: Fixtures.plan())

  /// A ramp along the patient's left-right axis, on a grid whose x axis points to the left.
  private var flipped: Volume<Float> {
    let geometry = Geometry(
      size: [4, 2, 2], spacing: [1, 1, 1], origin: [3, 0, 0],
      direction: Direction(x: [-1, 0, 0], y: [0, 1, 0], z: [0, 0, 1]))
    return Volume(geometry: geometry, voxels: (0..<16).map { Float(3 - $0 % 4) })
  }

  @Test func theWorkingGridPointsToRightFrontAndHead() {
    let grid = preprocessing.workingGrid(for: flipped.geometry)
    #expect(grid.direction == .identity)
    #expect(grid.origin == .zero)
    #expect(grid.size == [4, 2, 2])
  }

  @Test func modalitiesOnOtherGridsMeetInTheSamePlaces() throws {
    let upright = Volume<Float>(
      geometry: Geometry(size: [4, 2, 2], spacing: [1, 1, 1]),
      voxels: (0..<16).map { Float($0 % 4) })
    let scanned = Case(
      name: "a", scans: ["ct": Scan(volume: flipped), "mri": Scan(volume: upright)])
    let prepared = try preprocessing(scanned, modalities: ["ct", "mri"])
    let ct = try #require(prepared.images[0])
    let mri = try #require(prepared.images[1])
    for (left, right) in zip(ct, mri) { #expect(abs(left - right) < 1e-6) }
    #expect(ct[0] < ct[1] && ct[1] < ct[2])
  }

  @Test func thickSlicesAreNotMixedAndLabelsAreVotedFor() throws {
    // Five slices 5 mm thick on a grid of 1 mm: each becomes five that are all alike.
    let thick = Geometry(size: [8, 8, 5], spacing: [1, 1, 5])
    let values = (0..<thick.voxelCount).map { Float($0 * 7 % 31) }
    let labels = values.map { $0 > 15 ? UInt16(7) : 0 }
    let scanned = Case(
      name: "a", scans: ["ct": Scan(volume: Volume(geometry: thick, voxels: values))],
      labels: LabelMap(geometry: thick, voxels: labels))
    let prepared = try preprocessing(scanned, modalities: ["ct"])
    #expect(prepared.geometry.size == [8, 8, 25])
    let image = try #require(prepared.images[0])
    let classes = try #require(prepared.classes)
    for z in 0..<25 {
      let (own, first) = (z * 64..<z * 64 + 64, z / 5 * 320..<z / 5 * 320 + 64)
      #expect(Array(image[own]) == Array(image[first]))
      #expect(Array(classes[own]) == labels[z / 5 * 64..<z / 5 * 64 + 64].map { $0 == 7 ? 2 : 0 })
    }
  }

  @Test func aScanThatIsACaseOfItsOwnKeepsItsGrid() throws {
    let scanned = Case(
      name: "a.mri", patient: "a", reference: "mri", scans: ["mri": Scan(volume: flipped)])
    let prepared = try preprocessing(scanned, modalities: ["ct", "mri"])
    #expect(prepared.missing == [0])
    #expect(prepared.patient == "a")
    #expect(prepared.geometry == preprocessing.workingGrid(for: flipped.geometry))
  }

  @Test func aMissingModalityStaysMissing() throws {
    let prepared = try preprocessing(
      Case(name: "a", scans: ["ct": Scan(volume: flipped)]), modalities: ["ct", "mri"])
    #expect(prepared.missing == [1])
  }

  @Test func labelsBecomeClasses() throws {
    let values: [UInt16] = [0, 1, 7, 9] + [UInt16](repeating: 0, count: 12)
    let labels = LabelMap(geometry: flipped.geometry, voxels: values)
    let prepared = try preprocessing(
      Case(name: "a", scans: ["ct": Scan(volume: flipped)], labels: labels), modalities: ["ct"])
    // The x axis is turned: 9 is no label of the plan and becomes background.
    #expect(prepared.classes?.prefix(4) == [0, 2, 1, 0])
    #expect(prepared.foreground == [[2], [1]])
  }

  @Test func aCaseWithNothingToReadIsAnError() {
    let error = #expect(throws: TrainingError.self) {
      try preprocessing(
        Case(name: "case-3", scans: ["ct": Scan(volume: flipped)]), modalities: ["mri"])
    }
    #expect(
      error?.description == """
        case-3: none of the modalities that the network reads is present.
          expected at least one of: mri
        Add a scan, or use a network trained on the modalities that this case has.
        """)
  }
}
