import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct FingerprintTests {
  /// Two cases; the MRI of the first is twice as coarse as the CT, the second has none.
  static func withDataset(_ body: (Dataset) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let description = """
        { modalities: {ct: {kind: "ct", file: "{case}/ct.nii"},
                       mri: {kind: "mri", file: "{case}/mri.nii"}},
          labelFile: "{case}/labels.nii", labels: {one: 1, two: 2} }
        """
      try SmallScans.write(description, to: "\(folder)/dataset.json")
      for name in ["a", "b"] {
        try SmallScans.write(to: "\(folder)/\(name)/ct.nii")
        try SmallScans.writeLabels(to: "\(folder)/\(name)/labels.nii")
      }
      let coarse = Geometry(size: [2, 2, 1], spacing: [2, 2, 4], origin: [0.4, 0.4, 0.9])
      try SmallScans.write(to: "\(folder)/a/mri.nii", on: coarse)
      try body(try Dataset.load(folder))
    }
  }

  @Test func gridsAndPresenceAreCounted() throws {
    try Self.withDataset { dataset in
      var seen: [String] = []
      let (print, faults) = Fingerprint.of(dataset, cases: dataset.cases) { seen.append($0) }
      #expect(seen == ["a", "b"])
      #expect(faults.isEmpty)
      #expect(print.modalities.map(\.name) == ["ct", "mri"])
      #expect(print.modalities.map(\.casesPresent) == [2, 1])
      #expect(print.modalities.map(\.casesMissing) == [0, 1])
      #expect(print.modalities[0].medianSize == [4, 3, 2])
      #expect(print.modalities[1].medianSpacing == [2, 2, 4])
      #expect(print.cases[0].grids["ct"] == SmallScans.grid)
      #expect(Set(print.cases[1].grids.keys) == ["ct"])
      #expect(print.cases[0].labelVoxels == ["one": 3, "two": 0])
    }
  }

  @Test func theForegroundIsFoundOnEveryGrid() throws {
    try Self.withDataset { dataset in
      let (print, _) = Fingerprint.of(dataset, cases: dataset.cases)
      // The first three voxels, 0, 1 and 2, of both cases.
      let ct = try #require(print.modalities[0].foreground)
      #expect(ct.count == 6)
      #expect(ct.mean == 1)
      // Nearest to the centres of the four coarse voxels are the CT's voxels (0, 0, 0) and
      // (2, 0, 0), which are labelled, and (0, 2, 0) and (2, 2, 0), which are not.
      let mri = try #require(print.modalities[1].foreground)
      #expect(mri.count == 2)
      #expect(mri.mean == 0.5)
    }
  }

  @Test func atMostTenThousandVoxelsOfACaseAreKept() throws {
    try withTemporaryFolder { folder in
      let grid = Geometry(size: [40, 40, 20], spacing: .one)
      try SmallScans.write(
        "{ modalities: {ct: {kind: \"ct\", file: \"{case}/ct.nii\"}}, "
          + "labelFile: \"{case}/labels.nii\", labels: {one: 1} }", to: "\(folder)/dataset.json")
      try SmallScans.write(to: "\(folder)/a/ct.nii", on: grid)
      try NIfTI.write(LabelMap(geometry: grid, filledWith: 1), to: "\(folder)/a/labels.nii")
      let dataset = try Dataset.load(folder)
      let (print, _) = Fingerprint.of(dataset, cases: dataset.cases)
      // Every fourth of 32 000 voxels.
      let foreground = try #require(print.modalities[0].foreground)
      #expect(foreground.count == 8000)
      #expect(foreground.maximum == 31996)
    }
  }

  @Test func aDamagedCaseIsAFaultAndTheOthersCount() throws {
    try Self.withDataset { dataset in
      try SmallScans.write("no scan", to: try #require(dataset.cases[0].images["ct"]).path)
      let (print, faults) = Fingerprint.of(dataset, cases: dataset.cases)
      #expect(faults.map(\.case) == ["a"])
      #expect(print.modalities[0].casesPresent == 1)
      #expect(print.modalities[0].foreground?.count == 3)
    }
  }

  @Test func aFingerprintSurvivesJSON() throws {
    try Self.withDataset { dataset in
      let (print, _) = Fingerprint.of(dataset, cases: dataset.cases)
      let read = try JSONDecoder().decode(Fingerprint.self, from: JSONEncoder().encode(print))
      #expect(read.modalities == print.modalities)
      #expect(read.cases == print.cases)
    }
  }
}
