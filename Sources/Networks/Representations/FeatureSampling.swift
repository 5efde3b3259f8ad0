public import Torch

// From feature maps `[batch, channels, depth, height, width]` to embeddings `[samples, channels]`.
extension Tensor {
  /// One sample per image: the mean over its voxels. Modalities need no common grid for this.
  ///
  /// - Throws: ``TorchError`` when this is no batch of images.
  public func pooledEmbedding() throws(TorchError) -> Tensor {
    guard shape.count == 5 else {
      throw TorchError(operation: "pooling of \(shape)", reason: "images have five axes")
    }
    return try mean(overAxes: [2, 3, 4])
  }

  /// One sample per chosen voxel, image by image: for modalities that lie on one grid.
  ///
  /// - Parameter voxels: Places in `0..<depth · height · width`, width fastest; the same for every
  ///   image and, so that samples match, for every modality. See ``voxelChoice(_:of:using:)``.
  /// - Returns: `[batch · voxels, channels]`.
  /// - Throws: ``TorchError`` when this is no batch of images, or a place is outside.
  public func voxelEmbeddings(at voxels: [Int]) throws(TorchError) -> Tensor {
    let shape = shape
    guard shape.count == 5 else {
      throw TorchError(operation: "sampling of \(shape)", reason: "images have five axes")
    }
    let (batch, channels, count) = (shape[0], shape[1], shape[2...].reduce(1, *))
    guard voxels.allSatisfy({ (0..<count).contains($0) }) else {
      throw TorchError(
        operation: "sampling of \(shape)", reason: "a voxel is not among the \(count) of an image")
    }
    // Along an axis of their own voxels are chosen without a permuted copy of the whole map.
    return try reshaped([batch, channels, count]).permuted([2, 0, 1]).rows(voxels)
      .permuted([1, 0, 2]).reshaped([batch * voxels.count, channels])
  }

  /// Draws up to `most` different voxels of an image of `count`, in order.
  public static func voxelChoice(
    _ most: Int, of count: Int, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    // Selection sampling (D. Knuth, "The Art of Computer Programming", volume 2, algorithm 3.4.2 S).
    var (chosen, wanted): ([Int], Int) = ([], min(most, count))
    for voxel in 0..<count where wanted > 0 {
      if Int.random(in: 0..<count - voxel, using: &generator) < wanted {
        chosen.append(voxel)
        wanted -= 1
      }
    }
    return chosen
  }
}
