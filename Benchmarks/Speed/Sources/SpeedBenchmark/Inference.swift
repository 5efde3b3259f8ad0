import Architecture
import Foundation
import Imaging
import Measuring
import Torch
import Training

/// One case of three modalities and 192 × 192 × 128 voxels in 75 windows of 64³, half of each shared
/// with the next, weighted by a Gaussian: 28.6 GFLOP a window.
enum Inference {
  static func measure(data: String, repetitions: Int) throws {
    TorchRuntime.keepFreedMemory()
    let network = try PeerNetwork.load(data: data)
    let file = try NumPyFile(data + "/infer_x.npy")
    // The array's axes are taken as depth, height and width, as the peers do.
    let size = SIMD3(file.shape[3], file.shape[2], file.shape[1])
    let geometry = Geometry(size: size, spacing: [1, 1, 1])
    let values = try file.floats()
    let voxels = geometry.voxelCount
    let images = (0..<file.shape[0]).map { Array(values[($0 * voxels)..<(($0 + 1) * voxels)]) }
    let prepared = PreprocessedCase(
      name: "case", geometry: geometry, images: images, classes: nil, classCount: 4)
    let predictor = Predictor(network: network, plan: plan(of: network.topology))
    var windows = 0
    var scores: ScoreMap?
    let figure = try Figure("infer/chiasm", repetitions: repetitions) {
      scores = try predictor.scores(of: prepared) {
        windows = $1; _ = $0
      }
    }
    print(try figure.line())
    guard let scores, windows == 75 else { throw Refusal("\(windows) windows instead of 75") }
    // The peers print the logits of this voxel.
    let voxel = (96 * size.y + 96) * size.x + 64
    let logits = (0..<4).map { String(format: "%.5f", scores.values[$0 * voxels + voxel]) }
    print(
      "{\"name\": \"infer/chiasm/value\", \"logits_96_96_64\": [\(logits.joined(separator: ", "))]}"
    )
  }

  private static func plan(of topology: Topology) -> Plan {
    let names = ["ct", "mri", "ultrasound"]
    return Plan(
      dataset: "peers", reference: "ct",
      modalities: names.map {
        .init(modality: Modality(name: $0, kind: .ct), normalization: .standardize)
      },
      labels: (1...3).map { Label(name: "class \($0)", value: $0) }, spacing: [1, 1, 1],
      patchSize: [64, 64, 64], batchSize: 2, topology: topology)
  }
}
