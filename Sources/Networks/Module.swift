public import Torch

/// Something with weights.
///
/// A module lists what it holds by name; nothing is discovered by reflection. Copying a module
/// shares its weights, which is what weight sharing between candidate networks needs.
public protocol Module {
  /// The tensors this module trains itself, by name.
  var weights: [(name: String, tensor: Tensor)] { get }

  /// The tensors that this module changes itself while it is trained, and no gradient does, by name.
  var buffers: [(name: String, tensor: Tensor)] { get }

  /// The modules inside this one, by name.
  var children: [(name: String, module: any Module)] { get }
}

extension Module {
  public var weights: [(name: String, tensor: Tensor)] { [] }

  public var buffers: [(name: String, tensor: Tensor)] { [] }

  public var children: [(name: String, module: any Module)] { [] }

  /// Every weight in this module and those inside it, depth first and always in the same order.
  ///
  /// Names are paths, such as `encoder.ct.level0.block0.convolution.weight`.
  public var namedWeights: [(name: String, tensor: Tensor)] { named(\.weights) }

  /// Every buffer in the same manner.
  public var namedBuffers: [(name: String, tensor: Tensor)] { named(\.buffers) }

  /// Everything that makes a trained network: its weights, then its buffers.
  public var namedState: [(name: String, tensor: Tensor)] { namedWeights + namedBuffers }

  private func named(
    _ own: (any Module) -> [(name: String, tensor: Tensor)]
  ) -> [(name: String, tensor: Tensor)] {
    var all = own(self)
    for (path, module) in children {
      all += module.named(own).map { (name: "\(path).\($0.name)", tensor: $0.tensor) }
    }
    return all
  }

  /// How many numbers training changes.
  public var weightCount: Int {
    namedWeights.reduce(0) { $0 + $1.tensor.elementCount }
  }

  /// Moves all weights and buffers to a device as numbers of a type; gradients are dropped.
  public func moveWeights(to device: Device, type: ScalarType) throws(TorchError) {
    for entry in namedState { try entry.tensor.replaceStorage(device: device, type: type) }
  }
}
