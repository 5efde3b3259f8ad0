import Architecture
import Foundation
import Networks
import TestSupport
import Testing
import Torch

@testable import Training

struct WeightStoreTests {
  private func network(seed: UInt64, design: NetworkDesign = .single("ct")) throws
    -> SegmentationNetwork
  {
    try TrainingRun.makeNetwork(design, plan: Fixtures.plan(), seed: seed)
  }

  @Test func whatIsSavedIsLoadedBitForBit() throws {
    try withTemporaryFolder { folder in
      let saved = try network(seed: 1)
      let loaded = try network(seed: 2)
      try WeightStore.save(saved, to: folder + "/w.safetensors")
      try WeightStore.load(loaded, from: folder + "/w.safetensors")
      for (left, right) in zip(saved.namedWeights, loaded.namedWeights) {
        let same = try left.tensor.floats() == right.tensor.floats()
        #expect(same, "\(left.name)")
      }
    }
  }

  @Test func theWeightsOfAnotherNetworkAreRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/w.safetensors"
      try WeightStore.save(try network(seed: 1), to: path)
      let other = try network(seed: 1, design: .early(["ct", "mri"]))
      let error = #expect(throws: TrainingError.self) { try WeightStore.load(other, from: path) }
      #expect(
        error?.description.hasPrefix("\(path): the weights do not fit: 'encoder.early.") == true)
    }
  }

  @Test func weightsThatAreNotFiniteAreRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/w.safetensors"
      let broken = try network(seed: 1)
      let first = try #require(broken.namedWeights.first)
      try first.tensor.fill(with: .nan)
      try WeightStore.save(broken, to: path)
      let error = #expect(throws: TrainingError.self) {
        try WeightStore.load(try network(seed: 2), from: path)
      }
      #expect(
        error
          == .badWeights(path: path, problem: "'\(first.name)' holds numbers that are not finite"))
    }
  }

  @Test func aMissingFileIsNoRun() throws {
    let network = try network(seed: 1)
    let error = #expect(throws: TrainingError.self) {
      try WeightStore.load(network, from: "nowhere/w.safetensors")
    }
    #expect(
      error?.description == """
        nowhere/w.safetensors: this is not a run that can be used.
          expected: a safetensors file
          found:    nothing that can be read
        Name a run folder that `chiasm train` has finished.
        """)
  }
}
