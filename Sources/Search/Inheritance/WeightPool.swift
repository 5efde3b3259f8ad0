import Foundation
import Imaging
import Networks
import Torch
import Training

/// The trained weights of the trials that may still have children, in the folder of a search.
struct WeightPool: Sendable {
  private let folder: String

  /// - Parameter folder: The folder of the search; the pool is one inside it.
  init(in folder: RunFolder) {
    self.folder = folder.file("inherited")
  }

  func path(ofTrial number: Int) -> String { "\(folder)/trial-\(number).safetensors" }

  /// The trials whose weights are there.
  var trials: Set<Int> {
    get throws {
      guard FileManager.default.fileExists(atPath: folder) else { return [] }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      return Set(
        names.compactMap { name in
          guard name.hasPrefix("trial-"), name.hasSuffix(".safetensors") else { return nil }
          return Int(name.dropFirst("trial-".count).dropLast(".safetensors".count))
        })
    }
  }

  /// Keeps the weights of a trial, all at once.
  func save(_ network: some Module, ofTrial number: Int) throws {
    try Folder.create(folder)
    try WeightStore.save(network, to: path(ofTrial: number))
  }

  /// Gives a network the weights of a trial where names and shapes agree.
  ///
  /// - Returns: The share of the network's numbers that it was given, 0 to 1.
  func inherit(_ network: some Module, fromTrial number: Int) throws -> Double {
    try WeightStore.loadMatching(network, from: path(ofTrial: number))
  }

  /// Removes the weights of all trials but these.
  func prune(keeping living: Set<Int>) throws {
    for number in try trials.subtracting(living) {
      try FileManager.default.removeItem(atPath: path(ofTrial: number))
    }
  }
}
