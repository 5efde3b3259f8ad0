import Foundation

/// Exact answers for small machines: some binary layers are enumerated, all others summed or
/// integrated in closed form.
extension BoltzmannMachine {
  /// The logarithm of the sum of exp(−energy) over all that is not clamped; with nothing clamped,
  /// the log-partition function.
  ///
  /// - Precondition: At most 24 units are to be enumerated.
  /// - Complexity: O(2ⁿ · weights) for n units of the enumerated layers.
  public func exactLogPartition(clamping clamped: [Int: [Double]] = [:]) -> Double {
    var sum = LogSum()
    forEachConfiguration(clamped) { logWeight, _ in sum.add(logWeight) }
    return sum.value
  }

  /// The log-likelihood of the values of some layers, all others summed out; a density where layers
  /// are Gaussian.
  public func exactLogLikelihood(of clamped: [Int: [Double]]) -> Double {
    exactLogPartition(clamping: clamped) - exactLogPartition()
  }

  /// The expected statistics given what is clamped.
  public func exactStatistics(clamping clamped: [Int: [Double]] = [:]) -> BoltzmannStatistics {
    let total = exactLogPartition(clamping: clamped)
    var statistics = BoltzmannStatistics(like: self)
    forEachConfiguration(clamped) { logWeight, means in
      statistics.add(means, of: self, times: exp(logWeight - total))
    }
    return statistics
  }

  /// Calls for each configuration of the enumerated layers, with its log-weight and the state in
  /// which the remaining layers have their conditional means.
  private func forEachConfiguration(
    _ clamped: [Int: [Double]], _ body: (_ logWeight: Double, _ means: State) -> Void
  ) {
    let enumerated = enumeratedLayers(clamped)
    let places = enumerated.flatMap { layer in layers[layer].bias.indices.map { (layer, $0) } }
    precondition(places.count <= 24, "\(places.count) units to enumerate, at most 24")
    let remaining = layers.indices.filter { clamped[$0] == nil && !enumerated.contains($0) }
    var state = layers.indices.map { index in
      clamped[index] ?? Array(repeating: 0, count: layers[index].bias.count)
    }
    for code in 0..<(1 << places.count) {
      for (bit, place) in places.enumerated() {
        state[place.0][place.1] = Double((code >> bit) & 1)
      }
      for layer in remaining { state[layer] = state[layer].map { _ in 0 } }
      var logWeight = negativeEnergy(state)
      for layer in remaining {
        let units = layers[layer].units
        // No two remaining layers are neighbours, so the order makes no difference.
        let field = field(of: layer, in: state)
        logWeight += field.reduce(0) { $0 + units.logPartition($1) }
        state[layer] = field.map(units.mean)
      }
      body(logWeight, state)
    }
  }

  /// Binary layers without which no two layers that are free are neighbours: those of one colour,
  /// and where this has Gaussian ones, their neighbours; of the colour that leaves fewer units.
  private func enumeratedLayers(_ clamped: [Int: [Double]]) -> [Int] {
    func cover(_ color: [Int]) -> Set<Int> {
      var cover = Set(color.filter { layers[$0].units == .binary })
      for connection in connections {
        for (one, other) in [
          (connection.first, connection.second), (connection.second, connection.first),
        ] where layers[one].units == .gaussian && clamped[one] == nil && color.contains(one) {
          cover.insert(other)
        }
      }
      return cover.filter { clamped[$0] == nil }
    }
    func units(_ cover: Set<Int>) -> Int { cover.reduce(0) { $0 + layers[$1].bias.count } }
    let covers = colors.map(cover)
    return (units(covers[0]) <= units(covers[1]) ? covers[0] : covers[1]).sorted()
  }
}
