import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

@Suite struct PhantomDatasetTests {
  @Test func whatIsWrittenIsADatasetWithoutFaults() throws {
    try withTemporaryFolder { folder in
      var progress: [Int] = []
      try Phantom.writeDataset(to: folder, cases: 2, size: 12, seed: 3) { progress.append($0) }
      #expect(progress == [1, 2])
      let dataset = try Dataset.load(folder)
      #expect(dataset.name == "Phantom, seed 3")
      #expect(dataset.reference == "ct")
      #expect(dataset.modalities == Phantom.modalities)
      #expect(dataset.labels == Phantom.labels)
      #expect(dataset.cases.map(\.name) == ["case_000", "case_001"])
      for files in dataset.cases {
        #expect(dataset.faults(of: files).isEmpty)
      }
    }
  }

  @Test func aWrittenCaseIsTheOneItsStreamGives() throws {
    try withTemporaryFolder { folder in
      try Phantom.writeDataset(to: folder, cases: 2, size: 12, seed: 3)
      var generator = SplitMix64(seed: 3, stream: 1)
      let drawn = Phantom.makeCase(size: 12, using: &generator)
      let dataset = try Dataset.load(folder)
      let read = try dataset.loadCase(dataset.cases[1])
      let labels = try #require(read.labels)
      #expect(labels.voxels == drawn.labels.voxels)
      for (name, scan) in drawn.scans {
        let volume = try #require(read.scans[name]).volume
        #expect(volume.voxels == scan.voxels)
        // NIfTI stores affines in single precision.
        #expect(volume.geometry.agrees(with: scan.geometry, withinMillimetres: 1e-3))
      }
    }
  }
}
