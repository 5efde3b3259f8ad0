extension BranchedSpace {
  /// The number of layers; then for as many layers as there may be whether each state before is read,
  /// the merge, the kernel and the channels, zeros for layers that are not there.
  public var places: [Int] {
    [layers.count]
      + (0..<layers.upperBound).flatMap { layer in
        Array(repeating: 2, count: layer + 1) + [merges.count, kernels.count, channels.count]
      }
  }

  public func code(of candidate: BranchedGenotype) -> [Int]? {
    guard layers.contains(candidate.layers.count) else { return nil }
    var code = [candidate.layers.count - layers.lowerBound]
    for (index, layer) in candidate.layers.enumerated() {
      // With a single source the merge says nothing.
      let merge = layer.sources.count == 1 ? 0 : merges.firstIndex(of: layer.merge)
      guard let merge, let kernel = kernels.firstIndex(of: layer.kernel),
        let channels = channels.firstIndex(of: layer.channels)
      else { return nil }
      code += (0...index).map { layer.sources.contains($0) ? 1 : 0 } + [merge, kernel, channels]
    }
    return code + Array(repeating: 0, count: places.count - code.count)
  }

  public func candidate(from code: [Int]) -> BranchedGenotype? {
    precondition(code.count == places.count, "\(code.count) choices for \(places.count) places")
    var rest = code.dropFirst()
    var found: [BranchedLayer] = []
    for index in 0..<(layers.lowerBound + code[0]) {
      let part = Array(rest.prefix(index + 4))
      rest = rest.dropFirst(index + 4)
      let sources = (0...index).filter { part[$0] == 1 }
      let merge = part[index + 1]
      guard !sources.isEmpty, sources.count > 1 || merge == 0 else { return nil }
      found.append(
        BranchedLayer(
          sources: sources, merge: merges[merge], kernel: kernels[part[index + 2]],
          channels: channels[part[index + 3]]))
    }
    guard rest.allSatisfy({ $0 == 0 }), BranchedGenotype.unread(in: found) == nil else {
      return nil
    }
    return BranchedGenotype(validLayers: found)
  }

  /// The choices of layers that are not there are settled, and so is the merge of a single source.
  public func isSettled(after choices: [Int]) -> Bool {
    guard let first = choices.first else { return false }
    var rest = choices.dropFirst()
    for layer in 0..<(layers.lowerBound + first) {
      guard rest.count >= layer + 4 else {
        return rest.count == layer + 1 && rest.reduce(0, +) == 1
      }
      rest = rest.dropFirst(layer + 4)
    }
    return true
  }

  /// The networks with one source more or less, with another merge, kernel or number of channels of one
  /// layer, with a layer more behind the last, or with one less, whose readers then read what it read.
  public func neighbours(of candidate: BranchedGenotype) -> [BranchedGenotype] {
    precondition(contains(candidate), "the space does not contain \(candidate)")
    var variants: [[BranchedLayer]] = []
    for (index, layer) in candidate.layers.enumerated() {
      for changed in self.variants(of: layer, states: index + 1) {
        var layers = candidate.layers
        layers[index] = changed
        variants.append(layers)
      }
      if candidate.layers.count > layers.lowerBound {
        variants.append(Self.without(index, candidate.layers))
      }
    }
    if candidate.layers.count < layers.upperBound, let last = candidate.layers.last {
      variants.append(
        candidate.layers + [
          BranchedLayer(
            sources: [candidate.layers.count], kernel: last.kernel, channels: last.channels)
        ])
    }
    var seen: Set<[BranchedLayer]> = [candidate.layers]
    return variants.filter { BranchedGenotype.unread(in: $0) == nil && seen.insert($0).inserted }
      .map { BranchedGenotype(validLayers: $0) }
  }

  private func variants(of layer: BranchedLayer, states: Int) -> [BranchedLayer] {
    func with(
      sources: [Int]? = nil, merge: Merge? = nil, kernel: Int? = nil, channels: Int? = nil
    ) -> BranchedLayer {
      BranchedLayer(
        sources: sources ?? layer.sources, merge: merge ?? layer.merge,
        kernel: kernel ?? layer.kernel, channels: channels ?? layer.channels)
    }
    var variants = kernels.map { with(kernel: $0) } + channels.map { with(channels: $0) }
    if layer.sources.count > 1 { variants += merges.map { with(merge: $0) } }
    for state in 0..<states {
      let sources = Set(layer.sources).symmetricDifference([state]).sorted()
      // A layer that gets its second source is there once per merge.
      let choices = sources.count < 2 ? [.sum] : layer.sources.count < 2 ? merges : [layer.merge]
      if !sources.isEmpty { variants += choices.map { with(sources: sources, merge: $0) } }
    }
    return variants.filter { $0 != layer }
  }

  /// The layers without one; whoever read it reads what it read.
  private static func without(_ index: Int, _ layers: [BranchedLayer]) -> [BranchedLayer] {
    let state = index + 1
    let gone = layers[index]
    var rest = layers
    rest.remove(at: index)
    return rest.map { layer in
      let read = layer.sources.flatMap { $0 == state ? gone.sources : [$0] }
      let sources = Set(read).map { $0 > state ? $0 - 1 : $0 }.sorted()
      let merge = layer.sources.count > 1 ? layer.merge : gone.merge
      return BranchedLayer(
        sources: sources, merge: merge, kernel: layer.kernel, channels: layer.channels)
    }
  }
}
