import Torch

/// The features of a batch in which some images may have none.
struct PartialFeatures {
  /// `[batch, channels, depth, height, width]`; `nil` where no image has any.
  let tensor: Tensor?

  /// Whether each image of the batch has any.
  let isPresent: [Bool]

  init(_ tensor: Tensor?, isPresent: [Bool]) {
    self.tensor = isPresent.contains(true) ? tensor : nil
    self.isPresent = tensor == nil ? isPresent.map { _ in false } : isPresent
  }

  /// Whether every image has them.
  var isComplete: Bool { isPresent.allSatisfy(\.self) }

  /// What a layer makes of them, zero where an image has none: a layer makes something of nothing too.
  func mapped(_ layer: some Layer) throws(TorchError) -> PartialFeatures {
    guard let tensor else { return self }
    return PartialFeatures(try masked(layer(tensor)), isPresent: isPresent)
  }

  /// The same features, zero where an image has none.
  func masked() throws(TorchError) -> PartialFeatures {
    guard let tensor else { return self }
    return PartialFeatures(try masked(tensor), isPresent: isPresent)
  }

  /// Another tensor of the same batch, zero where an image has none of these features.
  func masked(_ other: Tensor) throws(TorchError) -> Tensor {
    guard !isComplete else { return other }
    return try other * other.perImage(isPresent.map { $0 ? 1 : 0 })
  }
}

extension [PartialFeatures] {
  /// The tensors that are there.
  var tensors: [Tensor] { compactMap(\.tensor) }

  private var areAllThere: Bool { allSatisfy { $0.tensor != nil } }

  /// Whether every image has all of them.
  var areComplete: Bool { allSatisfy(\.isComplete) }

  /// Whether each image has any of them.
  var isAnyPresent: [Bool] {
    isEmpty ? [] : self[0].isPresent.indices.map { image in contains { $0.isPresent[image] } }
  }

  /// One tensor each, zeros where no image has any.
  ///
  /// - Precondition: One of them is there.
  func filled() throws(TorchError) -> [Tensor] {
    guard let first = tensors.first else { preconditionFailure("no image has any features") }
    let nothing = try areAllThere ? first : Tensor.zeros(like: first)
    return map { $0.tensor ?? nothing }
  }
}

extension Tensor {
  /// A number per image, shaped to combine with these features and of their type.
  func perImage(_ numbers: [Double]) throws(TorchError) -> Tensor {
    try Tensor(numbers, shape: [numbers.count, 1, 1, 1, 1])
      .converted(to: scalarType).moved(to: device)
  }
}
