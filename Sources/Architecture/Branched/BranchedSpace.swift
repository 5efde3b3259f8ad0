/// All networks of a few layers in which every layer may read any layer before it.
///
/// Source: the skip connections of B. Zoph, Q. V. Le, "Neural Architecture Search with Reinforcement
/// Learning", ICLR 2017, section 3.3, where what is read is always put side by side and what nobody
/// reads goes to the output.
public struct BranchedSpace: SearchSpace, Hashable {
  /// How many layers there may be.
  public let layers: ClosedRange<Int>

  /// The edges of kernels, in voxels.
  public let kernels: [Int]

  /// The numbers of channels.
  public let channels: [Int]

  /// How a layer may join what it reads.
  public let merges: [Merge]

  /// Creates a space after checking that it holds genotypes.
  ///
  /// - Throws: ``ArchitectureError/badSpace(_:)`` when there is nothing to choose from, a choice is
  ///   there twice, or one of them makes no valid layer.
  public init(
    layers: ClosedRange<Int> = 1...5, kernels: [Int] = [1, 3, 5], channels: [Int] = [8, 16, 32],
    merges: [Merge] = Merge.allCases
  ) throws(ArchitectureError) {
    guard layers.lowerBound > 0, layers.upperBound <= BranchedGenotype.maximumLayers else {
      throw .badSpace(
        "networks of \(layers.lowerBound) to \(layers.upperBound) layers, expected within 1 to "
          + "\(BranchedGenotype.maximumLayers)")
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
    guard !merges.isEmpty, Set(merges).count == merges.count else {
      throw .badSpace("no or repeated merges")
    }
    self.layers = layers
    self.kernels = kernels
    self.channels = channels
    self.merges = merges
  }

  public var count: Double { layers.reduce(0) { $0 + countOfNetworks(layers: $1) } }

  /// The number of networks with exactly so many layers.
  ///
  /// Layers nobody reads are left out by inclusion and exclusion over the sets of unread ones.
  private func countOfNetworks(layers count: Int) -> Double {
    var total = 0.0
    for unread in 0..<(1 << (count - 1)) {
      var product = 1.0
      var hidden = 0
      for layer in 0..<count {
        product *= countOfLayers(states: layer + 1 - hidden)
        if layer < count - 1, unread >> layer & 1 == 1 { hidden += 1 }
      }
      total += hidden % 2 == 0 ? product : -product
    }
    return total
  }

  /// The number of different layers that read some of so many states.
  private func countOfLayers(states: Int) -> Double {
    let subsets = Double((1 << states) - 1)
    let several = subsets - Double(states)
    return (Double(states) + several * Double(merges.count))
      * Double(kernels.count * channels.count)
  }

  public func sample(using generator: inout some RandomNumberGenerator) -> BranchedGenotype {
    var mark = Double.random(in: 0..<count, using: &generator)
    let size =
      layers.first {
        mark -= countOfNetworks(layers: $0)
        return mark < 0
      } ?? layers.upperBound
    while true {
      let drawn = (0..<size).map { sampleLayer(states: $0 + 1, using: &generator) }
      if BranchedGenotype.unread(in: drawn) == nil { return BranchedGenotype(validLayers: drawn) }
    }
  }

  private func sampleLayer(
    states: Int, using generator: inout some RandomNumberGenerator
  ) -> BranchedLayer {
    while true {
      let sources = (0..<states).filter { _ in Bool.random(using: &generator) }
      let merge = Int.random(in: merges.indices, using: &generator)
      // A single source counts once and not once per merge.
      guard sources.count > 1 || sources.count == 1 && merge == 0 else { continue }
      return BranchedLayer(
        sources: sources, merge: merges[merge], kernel: kernels.pick(using: &generator),
        channels: channels.pick(using: &generator))
    }
  }

  /// The smallest text over all orders of the layers in which every one follows what it reads.
  public func canonicalForm(of candidate: BranchedGenotype) -> String {
    var best: String?
    var names: [Int: String] = [0: "0"]
    func place(_ texts: [String]) {
      guard texts.count < candidate.layers.count else {
        let text = texts.joined(separator: "; ")
        if text < best ?? text + "~" { best = text }
        return
      }
      for (index, layer) in candidate.layers.enumerated()
      where names[index + 1] == nil && layer.sources.allSatisfy({ names[$0] != nil }) {
        names[index + 1] = "\(texts.count + 1)"
        place(texts + [layer.text { names[$0] ?? "" }])
        names[index + 1] = nil
      }
    }
    place([])
    return best ?? ""
  }

  /// Goes to a neighbour, each with the same chance.
  public func mutate(
    _ candidate: BranchedGenotype, using generator: inout some RandomNumberGenerator
  ) -> BranchedGenotype {
    let neighbours = neighbours(of: candidate)
    return neighbours.isEmpty ? candidate : neighbours.pick(using: &generator)
  }

  /// A network as long as one parent, with every layer of one or the other where both have it.
  ///
  /// Mixtures in which a layer is read by nobody are drawn again; when none is found, it is a parent.
  public func crossover(
    _ first: BranchedGenotype, _ second: BranchedGenotype,
    using generator: inout some RandomNumberGenerator
  ) -> BranchedGenotype {
    precondition(contains(first) && contains(second), "the space does not contain both parents")
    let (main, other) = Bool.random(using: &generator) ? (first, second) : (second, first)
    for _ in 0..<64 {
      let mixed = main.layers.enumerated().map { index, layer in
        index < other.layers.count && Bool.random(using: &generator) ? other.layers[index] : layer
      }
      if BranchedGenotype.unread(in: mixed) == nil { return BranchedGenotype(validLayers: mixed) }
    }
    return main
  }
}
