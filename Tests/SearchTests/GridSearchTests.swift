import Architecture
import Testing

@testable import Search

struct GridSearchTests {
  @Test func triesEveryNetworkOnceUnderOneName() throws {
    let space = try FusionCellSpace(
      modalities: ["ct"], levels: 1, nodes: 1...2, sharedCell: true)
    var strategy = GridSearch(in: space)
    var seen: [Genotype] = []
    while let genotype = strategy.propose() { seen.append(genotype) }
    let forms = Set(seen.map { space.canonicalForm(of: $0) })
    #expect(forms.count == seen.count)
    let all = CodeSequence(places: space.places).compactMap { space.candidate(from: $0) }
    #expect(forms == Set(all.map { space.canonicalForm(of: $0) }))
    #expect(seen.count < all.count)
  }

  @Test func theFirstFewHaveEveryOperationEverywhere() {
    let space = NASBench201Space()
    var strategy = GridSearch(in: space)
    let few = (0..<60).compactMap { _ in strategy.propose() }
    for edge in 0..<6 {
      #expect(Set(few.map { $0.operations[edge] }).count == 5)
    }
  }
}
