import Architecture
import Networks
import Torch

/// What can be said of a network before it is trained.
public enum ZeroCostProxy: String, Codable, CaseIterable, Hashable, Sendable {
  /// How differently the network answers to changes of different images: see ``JacobianCovariance``.
  case jacov

  /// How well its units tell images apart: see ``ActivationKernel``.
  case naswot

  /// How much flows through all of its weights: see ``SynapticFlow``.
  case synflow

  /// How far the loss reaches into its weights: see ``GradientNorm``.
  case gradNorm

  /// The number of its weights: what the others must do better than.
  case parameters

  /// The score of a network with its first weights; higher is better. Only scores of the same proxy, the
  /// same patches and the same seed can be compared.
  ///
  /// - Parameter network: Its weights may be changed: it is of no use afterwards.
  func score(of network: SegmentationNetwork, on patches: ProxyPatches) throws -> Double {
    switch self {
    case .jacov: try JacobianCovariance.score(of: network, on: patches)
    case .naswot: try ActivationKernel.score(of: network, on: patches)
    case .synflow: try SynapticFlow.score(of: network, on: patches)
    case .gradNorm: try GradientNorm.score(of: network, on: patches)
    case .parameters: Double(network.weightCount)
    }
  }
}

/// The patches that a proxy looks at.
struct ProxyPatches {
  /// One tensor `[patches, 1, depth, height, width]` per modality.
  let inputs: [Tensor]

  /// Which patches show which modality; `nil`: all show all.
  var presence: Presence?

  /// The class of every voxel, `[patches, depth, height, width]`.
  let classes: Tensor
}

extension SegmentationNetwork {
  /// The weights of all convolutions, without biases and without those of normalisations.
  var kernels: [(name: String, tensor: Tensor)] {
    namedWeights.filter { $0.name.hasSuffix(".weight") }
  }
}
