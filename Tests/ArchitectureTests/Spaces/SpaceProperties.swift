import Randomness
import Testing

@testable import Architecture

/// What must hold for every space; a small one is gone through completely.
struct SpaceProperties<Space: SearchSpace> {
  let space: Space

  /// Every candidate, by every code.
  var all: [Space.Candidate] {
    CodeSequence(places: space.places).compactMap { space.candidate(from: $0) }
  }

  /// Codes and candidates are one to one, and there are as many as the space says.
  func expectCodesAreOneToOne() throws {
    let all = all
    #expect(Double(all.count) == space.count)
    #expect(Set(all).count == all.count)
    for candidate in all {
      let code = try #require(space.code(of: candidate))
      #expect(zip(code, space.places).allSatisfy { (0..<$1).contains($0) })
      #expect(space.candidate(from: code) == candidate)
      for place in code.indices where space.isSettled(after: Array(code[..<place])) {
        #expect(code[place] == 0)
      }
    }
  }

  /// Every candidate is drawn about equally often.
  func expectUniformSampling(draws: Int) {
    var generator = SplitMix64(seed: 11)
    var counts: [Space.Candidate: Int] = [:]
    for _ in 0..<draws { counts[space.sample(using: &generator), default: 0] += 1 }
    let expected = Double(draws) / space.count
    #expect(Double(counts.count) == space.count)
    // Chi squared with so many degrees of freedom, four standard deviations up.
    let chi = counts.values.reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    #expect(chi < space.count + 4 * (2 * space.count).squareRoot())
  }

  /// A place with a choice is settled exactly where every candidate has the first.
  func expectSettledPlaces() throws {
    let codes = try all.map { try #require(space.code(of: $0)) }
    var open: Set<[Int]> = []
    for code in codes {
      for place in code.indices where code[place] != 0 { open.insert(Array(code[..<place])) }
    }
    for code in codes {
      for place in code.indices where space.places[place] > 1 {
        let choices = Array(code[..<place])
        #expect(space.isSettled(after: choices) == !open.contains(choices))
      }
    }
  }

  /// Mutation draws every neighbour.
  func expectMutationDrawsEveryNeighbour() {
    var generator = SplitMix64(seed: 14)
    for candidate in all.prefix(10) {
      let neighbours = space.neighbours(of: candidate)
      var drawn: Set<Space.Candidate> = []
      for _ in 0..<(60 * neighbours.count) {
        drawn.insert(space.mutate(candidate, using: &generator))
      }
      #expect(drawn == Set(neighbours))
    }
  }

  /// Neighbours are other candidates of the space, none twice; mutation draws one of them; and everything
  /// can be reached.
  func expectConnectedNeighbours() {
    var generator = SplitMix64(seed: 12)
    let all = all
    var reached: Set<Space.Candidate> = [all[0]]
    var edge = [all[0]]
    while let candidate = edge.popLast() {
      let neighbours = space.neighbours(of: candidate)
      #expect(Set(neighbours).count == neighbours.count)
      #expect(!neighbours.contains(candidate))
      #expect(neighbours.allSatisfy { space.contains($0) })
      #expect(Set(neighbours).contains(space.mutate(candidate, using: &generator)))
      edge += neighbours.filter { reached.insert($0).inserted }
    }
    #expect(reached.count == all.count)
  }

  /// Children are of the space, and those of twins are the twin.
  func expectCrossoverStaysInTheSpace() {
    var generator = SplitMix64(seed: 13)
    for _ in 0..<300 {
      let parents = (space.sample(using: &generator), space.sample(using: &generator))
      #expect(space.contains(space.crossover(parents.0, parents.1, using: &generator)))
      #expect(space.crossover(parents.0, parents.0, using: &generator) == parents.0)
    }
  }
}
