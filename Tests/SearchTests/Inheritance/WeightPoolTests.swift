import Architecture
import Foundation
import Networks
import Randomness
import TestSupport
import Testing
import Torch
import Training

@testable import Search

struct WeightPoolTests {
  private func network(
    _ operation: Architecture.Operation, seed: UInt64
  ) throws -> SegmentationNetwork {
    let cell = try CellGenotype.uniform(.concatenate, operation, inputs: 2)
    let genotype = try Genotype(modalities: ["ct", "mri"], cells: [cell])
    var generator = SplitMix64(seed: seed)
    return try SegmentationNetwork(
      design: .fused(genotype), topology: ProxyNetworks.topology, using: &generator)
  }

  private func values(_ network: SegmentationNetwork) throws -> [String: [Float]] {
    Dictionary(
      uniqueKeysWithValues: try network.namedWeights.map { ($0.name, try $0.tensor.floats()) })
  }

  // Blocks of 1³ and 3³ have weights of other shapes; biases, normalisations and all the rest agree.
  @Test func onlyWhatAgreesInNameAndShapeIsInherited() throws {
    try withTemporaryFolder { folder in
      let pool = WeightPool(in: try RunFolder(creating: folder))
      let parent = try network(.convolution1, seed: 1)
      try pool.save(parent, ofTrial: 7)
      let child = try network(.convolution3, seed: 2)
      let (before, from) = (try values(child), try values(parent))
      let share = try pool.inherit(child, fromTrial: 7)
      var kept = 0
      for (name, now) in try values(child) {
        let isKernel =
          name.hasPrefix("fusion") && name.contains(".edge")
          && name.hasSuffix("convolution.weight")
        #expect(now == (isKernel ? before[name] : from[name]), "\(name)")
        if isKernel { kept += now.count }
      }
      #expect(kept > 0)
      #expect(share == Double(child.weightCount - kept) / Double(child.weightCount))
    }
  }

  @Test func theSameNetworkInheritsEverything() throws {
    try withTemporaryFolder { folder in
      let pool = WeightPool(in: try RunFolder(creating: folder))
      let parent = try network(.separable3, seed: 1)
      try pool.save(parent, ofTrial: 1)
      let child = try network(.separable3, seed: 2)
      #expect(try pool.inherit(child, fromTrial: 1) == 1)
      #expect(try values(child) == values(parent))
    }
  }

  @Test func theDeadArePrunedAndNothingElse() throws {
    try withTemporaryFolder { folder in
      let pool = WeightPool(in: try RunFolder(creating: folder))
      #expect(try pool.trials == [])
      try pool.prune(keeping: [])
      for number in [1, 2, 10] { try pool.save(network(.skip, seed: 1), ofTrial: number) }
      let other = folder + "/inherited/notes.txt"
      try Data("mine".utf8).write(to: URL(fileURLWithPath: other))
      try pool.prune(keeping: [2, 3])
      #expect(try pool.trials == [2])
      #expect(FileManager.default.fileExists(atPath: other))
    }
  }
}
