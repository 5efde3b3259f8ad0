import Networks
public import Torch

/// The Dice of a network on one patch per validation case: quick enough for every epoch.
///
/// Voxels are counted over all patches together, as in nnU-Net's "pseudo Dice"; the Dice of whole
/// cases is measured by `chiasm evaluate`.
struct PatchValidation {
  let batches: [Batch]
  let plan: Plan

  /// The Dice per structure, in the plan's order; `nil` where neither truth nor mask shows it.
  func dice(of network: SegmentationNetwork, device: Device) throws -> [Double?] {
    let count = plan.labels.count
    var shared = [Int](repeating: 0, count: count + 1)
    var sizes = shared
    for batch in batches {
      let predicted = try withoutGradients {
        try network(batch.inputs(on: device), presence: batch.presence)[0].argmax(axis: 1).bytes()
      }
      for (guess, truth) in zip(predicted, batch.classes) {
        sizes[Int(guess)] += 1
        sizes[Int(truth)] += 1
        if guess == truth { shared[Int(truth)] += 1 }
      }
    }
    return (1..<(count + 1)).map { label in
      sizes[label] == 0 ? nil : 2 * Double(shared[label]) / Double(sizes[label])
    }
  }
}

extension Batch {
  /// One tensor `[count, 1, depth, height, width]` per modality.
  public func inputs(on device: Device) throws(TorchError) -> [Tensor] {
    var tensors: [Tensor] = []
    for image in images {
      tensors.append(try Tensor(image, shape: [count, 1] + shape).moved(to: device))
    }
    return tensors
  }
}
