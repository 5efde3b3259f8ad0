/// All chains whose stages have some blocks, kernels and channels out of given ones.
///
/// Source: the chain-structured spaces of T. Elsken et al., "Neural Architecture Search: A Survey",
/// JMLR 20, 2019, section 2.
public struct ChainSpace: SearchSpace, Hashable {
  /// How many stages the encoder may have.
  public let encoderStages: ClosedRange<Int>

  /// How many blocks a stage may have.
  public let blocks: ClosedRange<Int>

  /// The edges of kernels, in voxels.
  public let kernels: [Int]

  /// The numbers of channels.
  public let channels: [Int]

  public let normalizations: [FeatureNormalization]
  public let activations: [Activation]

  /// Creates a space after checking that it holds genotypes.
  ///
  /// - Throws: ``ArchitectureError/badSpace(_:)`` when there is nothing to choose from, a choice is
  ///   there twice, or one of them makes no valid stage.
  public init(
    encoderStages: ClosedRange<Int> = 2...5, blocks: ClosedRange<Int> = 1...3,
    kernels: [Int] = [1, 3, 5], channels: [Int] = [8, 16, 32, 64],
    normalizations: [FeatureNormalization] = FeatureNormalization.allCases,
    activations: [Activation] = Activation.allCases
  ) throws(ArchitectureError) {
    guard encoderStages.lowerBound >= 2, encoderStages.upperBound <= ChainGenotype.maximumStages
    else {
      throw .badSpace(
        "encoders of \(encoderStages.lowerBound) to \(encoderStages.upperBound) stages, expected "
          + "within 2 to \(ChainGenotype.maximumStages)")
    }
    guard blocks.lowerBound > 0, blocks.upperBound <= ChainGenotype.maximumBlocks else {
      throw .badSpace(
        "stages of \(blocks.lowerBound) to \(blocks.upperBound) blocks, expected within 1 to "
          + "\(ChainGenotype.maximumBlocks)")
    }
    for (name, choices) in [("kernels", kernels), ("channels", channels)] {
      guard !choices.isEmpty, choices.allSatisfy({ $0 > 0 }), Set(choices).count == choices.count
      else { throw .badSpace("the \(name) \(choices), expected different positive numbers") }
    }
    guard kernels.allSatisfy({ $0 % 2 == 1 && $0 <= ChainGenotype.maximumKernel }) else {
      throw .badSpace(
        "the kernels \(kernels), expected odd numbers of at most \(ChainGenotype.maximumKernel)")
    }
    guard channels.allSatisfy({ $0 <= ChainGenotype.maximumChannels }) else {
      throw .badSpace(
        "the channels \(channels), expected at most \(ChainGenotype.maximumChannels)")
    }
    guard !normalizations.isEmpty, Set(normalizations).count == normalizations.count,
      !activations.isEmpty, Set(activations).count == activations.count
    else { throw .badSpace("no or repeated normalizations or activations") }
    self.encoderStages = encoderStages
    self.blocks = blocks
    self.kernels = kernels
    self.channels = channels
    self.normalizations = normalizations
    self.activations = activations
  }

  /// The number of different stages.
  private var stageCount: Int { blocks.count * kernels.count * channels.count }

  /// Every number of encoder and decoder stages, with the number of chains that have it.
  private var shapes: [(encoder: Int, decoder: Int, count: Double)] {
    let rest = Double(normalizations.count * activations.count)
    return encoderStages.flatMap { encoder in
      (1..<encoder).map { decoder in
        let stages = (0..<(encoder + decoder)).reduce(rest) { count, _ in
          count * Double(stageCount)
        }
        return (encoder, decoder, stages)
      }
    }
  }

  public var count: Double { shapes.reduce(0) { $0 + $1.count } }

  public func sample(using generator: inout some RandomNumberGenerator) -> ChainGenotype {
    let shapes = shapes
    var mark = Double.random(in: 0..<count, using: &generator)
    let shape =
      shapes.first {
        mark -= $0.count
        return mark < 0
      } ?? shapes[shapes.count - 1]
    let encoder = (0..<shape.encoder).map { _ in sampleStage(using: &generator) }
    let decoder = (0..<shape.decoder).map { _ in sampleStage(using: &generator) }
    return ChainGenotype(
      validEncoder: encoder, decoder: decoder,
      normalization: normalizations.pick(using: &generator),
      activation: activations.pick(using: &generator))
  }

  private func sampleStage(using generator: inout some RandomNumberGenerator) -> ChainStage {
    ChainStage(
      blocks: Int.random(in: blocks, using: &generator), kernel: kernels.pick(using: &generator),
      channels: channels.pick(using: &generator))
  }

  /// Every chain is a network of its own.
  public func canonicalForm(of candidate: ChainGenotype) -> String { candidate.description }

  /// Goes to a neighbour, each with the same chance.
  public func mutate(
    _ candidate: ChainGenotype, using generator: inout some RandomNumberGenerator
  ) -> ChainGenotype {
    let neighbours = neighbours(of: candidate)
    return neighbours.isEmpty ? candidate : neighbours.pick(using: &generator)
  }

  /// A chain as long as one parent, with every stage of one or the other where both have it.
  public func crossover(
    _ first: ChainGenotype, _ second: ChainGenotype,
    using generator: inout some RandomNumberGenerator
  ) -> ChainGenotype {
    precondition(contains(first) && contains(second), "the space does not contain both parents")
    let (main, other) = Bool.random(using: &generator) ? (first, second) : (second, first)
    func mixed(_ stages: [ChainStage], _ others: [ChainStage]) -> [ChainStage] {
      stages.enumerated().map { index, stage in
        index < others.count && Bool.random(using: &generator) ? others[index] : stage
      }
    }
    return ChainGenotype(
      validEncoder: mixed(main.encoder, other.encoder),
      decoder: mixed(main.decoder, other.decoder),
      normalization: [main, other].pick(using: &generator).normalization,
      activation: [main, other].pick(using: &generator).activation)
  }
}
