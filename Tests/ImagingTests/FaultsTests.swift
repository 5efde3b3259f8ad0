import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct FaultsTests {
  /// A dataset of one case with a CT, an MRI and labels, all faultless on the grid of
  /// ``SmallScans``.
  static func withCase(
    change: (String) throws -> Void, _ body: (String, [ImagingError]) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let description = """
        { modalities: {ct: {kind: "ct", file: "{case}/ct.nii"},
                       mri: {kind: "mri", file: "{case}/mri.nii"}},
          labelFile: "{case}/labels.nii", labels: {one: 1} }
        """
      try SmallScans.write(description, to: "\(folder)/dataset.json")
      let patient = URL(fileURLWithPath: folder).standardizedFileURL.path + "/patient"
      try SmallScans.write(to: "\(patient)/ct.nii")
      try SmallScans.write(to: "\(patient)/mri.nii")
      try SmallScans.writeLabels(to: "\(patient)/labels.nii")
      try change(patient)
      let dataset = try Dataset.load(folder)
      try body(patient, dataset.faults(of: try #require(dataset.cases.first)))
    }
  }

  @Test func aSoundCaseHasNone() throws {
    try Self.withCase(change: { _ in }) { _, faults in
      #expect(faults.isEmpty)
    }
  }

  @Test func aMissingModalityIsNoFaultUnlessItIsTheReference() throws {
    try Self.withCase(change: { try FileManager.default.removeItem(atPath: "\($0)/mri.nii") }) {
      #expect($1.isEmpty)
    }
    try Self.withCase(change: { try FileManager.default.removeItem(atPath: "\($0)/ct.nii") }) {
      #expect($1 == [.missingReference(caseName: "patient", modality: "ct")])
    }
  }

  @Test func allFaultsAreFoundAtOnce() throws {
    let small = Geometry(size: [2, 3, 2], spacing: [1, 1, 2])
    try Self.withCase(change: { patient in
      var voxels = [Float](repeating: 1, count: 24)
      voxels[3] = .nan
      voxels[4] = -.infinity
      let far = Geometry(size: [4, 3, 2], spacing: [1, 1, 2], origin: [900, 0, 0])
      try NIfTI.write(Volume(geometry: far, voxels: voxels), to: "\(patient)/mri.nii")
      try SmallScans.writeLabels(to: "\(patient)/labels.nii", value: 9, on: small)
    }) { patient, faults in
      #expect(faults.count == 4)
      #expect(faults.contains(.nonFinite(path: "\(patient)/mri.nii", count: 2)))
      #expect(
        faults.contains {
          if case .noOverlap("\(patient)/mri.nii", _, SmallScans.grid) = $0 { true } else { false }
        })
      #expect(
        faults.contains(
          .gridMismatch(
            path: "\(patient)/labels.nii", image: SmallScans.grid, labels: small)))
      #expect(
        faults.contains(
          .unknownLabels(path: "\(patient)/labels.nii", found: [9], allowed: [0, 1])))
    }
  }

  /// What ``Dataset/loadCase(_:modalities:withLabels:)`` says of the only case of a dataset.
  private func refusal(
    ofCaseAt patient: String, modalities: [String]? = nil, withLabels: Bool = true
  ) -> ImagingError? {
    imagingError {
      let folder = URL(fileURLWithPath: patient).deletingLastPathComponent().path
      let dataset = try Dataset.load(folder)
      for files in dataset.cases {
        _ = try dataset.loadCase(files, modalities: modalities, withLabels: withLabels)
      }
    }
  }

  @Test func aCaseWithAFaultIsNotLoaded() throws {
    let far = Geometry(size: [4, 3, 2], spacing: [1, 1, 2], origin: [900, 0, 0])
    let changes: [(String) throws -> Void] = [
      { patient in
        let voxels = [Float](repeating: .nan, count: 24)
        try NIfTI.write(
          Volume(geometry: SmallScans.grid, voxels: voxels), to: "\(patient)/mri.nii")
      },
      { try SmallScans.write(to: "\($0)/mri.nii", on: far) },
      { try SmallScans.writeLabels(to: "\($0)/labels.nii", on: far) },
      { try SmallScans.writeLabels(to: "\($0)/labels.nii", value: 9) },
      { try FileManager.default.removeItem(atPath: "\($0)/ct.nii") },
    ]
    for (index, change) in changes.enumerated() {
      try Self.withCase(change: change) { patient, faults in
        #expect(faults.count == 1)
        #expect(refusal(ofCaseAt: patient) == faults[0])
        // What is wrong with labels does not matter to who does not read them.
        let isAboutLabels = index == 2 || index == 3
        #expect(
          refusal(ofCaseAt: patient, withLabels: false) == (isAboutLabels ? nil : faults[0]))
      }
    }
  }

  @Test func aSoundCaseIsLoadedWithItsLabelsOrWithout() throws {
    try Self.withCase(change: { _ in }) { patient, _ in
      #expect(refusal(ofCaseAt: patient) == nil)
      #expect(refusal(ofCaseAt: patient, modalities: ["mri"], withLabels: false) == nil)
    }
  }

  /// The scan and its labels move together, and what is written like the scan lies on the file's axes.
  @Test func skewedAxesAreStraightenedWhenTheDescriptionSaysSo() throws {
    let skewed = Geometry(
      size: SmallScans.grid.size,
      affine: [[1, 0, 0.2, 0], [0, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 1]])
    try Self.withCase(change: { patient in
      try SmallScans.write(to: "\(patient)/ct.nii", on: skewed)
      try SmallScans.writeLabels(to: "\(patient)/labels.nii", on: skewed)
    }) { patient, faults in
      #expect(faults.isEmpty)
      let folder = URL(fileURLWithPath: patient).deletingLastPathComponent().path
      let kept = try Dataset.load(folder)
      #expect(
        try kept.loadCase(kept.cases[0]).scans["ct"]?.volume.geometry.agrees(with: skewed) == true)
      let file = "\(folder)/dataset.json"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try SmallScans.write(
        text.replacingOccurrences(
          of: "{", with: "{ \"orthonormalize\": true,", range: text.range(of: "{")),
        to: file)
      let dataset = try Dataset.load(folder)
      let loaded = try dataset.loadCase(dataset.cases[0])
      let scan = try #require(loaded.scans["ct"])
      #expect(scan.volume.geometry.direction.skew == nil)
      let labels = try #require(loaded.labels)
      #expect(labels.geometry == scan.volume.geometry)
      try NIfTI.write(labels, to: "\(folder)/mask.nii.gz", like: scan.header)
      #expect(try NIfTI.readHeader(at: "\(folder)/mask.nii.gz").geometry.agrees(with: skewed))
    }
  }

  @Test func labelsCannotBeJudgedWithoutTheReference() throws {
    try Self.withCase(change: { _ in }) { patient, _ in
      #expect(
        refusal(ofCaseAt: patient, modalities: ["mri"])
          == .missingReference(caseName: "patient", modality: "ct"))
    }
  }

  @Test func everyUnreadableFileIsNamed() throws {
    try Self.withCase(change: { patient in
      try SmallScans.write("no scan", to: "\(patient)/ct.nii")
      try SmallScans.write("no scan", to: "\(patient)/labels.nii")
    }) { patient, faults in
      #expect(faults.count == 2)
      #expect(faults.allSatisfy { "\($0)".contains("\(patient)/") })
    }
  }
}
