/// A deep Boltzmann machine with a pathway of layers per modality and one joint layer on top of all.
///
/// The means of the joint layer given a sample represent it, whichever modalities it has; those it
/// lacks can be drawn given the others.
///
/// Source: N. Srivastava, R. Salakhutdinov, "Multimodal Learning with Deep Boltzmann Machines",
/// NIPS 2012.
public struct MultimodalBoltzmannMachine: Hashable, Sendable {
  /// A pathway: what a modality's features are, and the hidden layers above them.
  public struct Modality: Hashable, Sendable {
    public let name: String
    public let units: BoltzmannUnits
    public let features: Int

    /// The units of each hidden layer, lowest first; one layer or more.
    public let hidden: [Int]

    public init(_ name: String, _ units: BoltzmannUnits, features: Int, hidden: [Int]) {
      precondition(features >= 1, "\(name): \(features) features, expected 1 or more")
      precondition(
        !hidden.isEmpty && hidden.allSatisfy { $0 >= 1 },
        "\(name): hidden layers of \(hidden) units, expected one layer or more, none empty")
      self.name = name
      self.units = units
      self.features = features
      self.hidden = hidden
    }
  }

  /// Per modality its features, or `nil` where it is absent.
  public typealias Sample = [[Double]?]

  public let modalities: [Modality]

  /// All layers: the first modality's from its features upwards, the others' likewise, the joint.
  public internal(set) var machine: BoltzmannMachine

  /// Per modality the layers of its pathway, from its features upwards.
  let pathways: [[Int]]

  /// The layer on top.
  var jointLayer: Int { machine.layers.count - 1 }

  /// A machine with small random weights.
  ///
  /// - Parameter joint: The units of the joint layer.
  public init(
    _ modalities: [Modality], joint: Int, using generator: inout some RandomNumberGenerator
  ) {
    precondition(!modalities.isEmpty && joint >= 1, "no modality, or an empty joint layer")
    var layers: [BoltzmannMachine.Layer] = []
    pathways = modalities.map { modality in
      let start = layers.count
      layers.append(.init(modality.units, bias: Array(repeating: 0, count: modality.features)))
      layers += modality.hidden.map { .init(.binary, bias: Array(repeating: 0, count: $0)) }
      return Array(start..<layers.count)
    }
    layers.append(.init(.binary, bias: Array(repeating: 0, count: joint)))
    let chains = pathways.map { $0 + [layers.count - 1] }
    machine = BoltzmannMachine(
      layers: layers,
      connections: chains.flatMap { zip($0, $0.dropFirst()) }.map { first, second in
        let count = layers[first].bias.count * layers[second].bias.count
        return .init(
          first, second,
          weights: BoltzmannMachine.firstWeights(count, using: &generator))
      })
    self.modalities = modalities
  }

  /// The values of feature layers that a sample clamps.
  func clamped(_ sample: Sample) throws(BoltzmannError) -> [Int: [Double]] {
    guard sample.count == modalities.count else {
      throw .modalityCount(expected: modalities.map(\.name), found: sample.count)
    }
    var clamped: [Int: [Double]] = [:]
    for (index, modality) in modalities.enumerated() {
      guard let features = sample[index] else { continue }
      try modality.check(features)
      clamped[pathways[index][0]] = features
    }
    guard !clamped.isEmpty else { throw .nothingPresent }
    return clamped
  }
}

extension MultimodalBoltzmannMachine.Modality {
  fileprivate func check(_ values: [Double]) throws(BoltzmannError) {
    guard values.count == features else {
      throw .featureCount(modality: name, expected: features, found: values.count)
    }
    for (feature, value) in values.enumerated() {
      guard value.isFinite else { throw .notFinite(modality: name, feature: feature) }
      guard units == .gaussian || (0...1).contains(value) else {
        throw .notAProbability(modality: name, feature: feature, value: value)
      }
    }
  }
}
