import Architecture
import Foundation
import Testing
import Training

@testable import Search

/// Searches in which a proxy judges or chooses.
struct ProxyEstimatorTests {
  private func run(
    on data: String, in folder: String, trials: Int, _ change: (inout SearchOptions) -> Void
  ) throws -> SearchRun {
    var search = SmallSearch(trials: trials)
    search.options.population = 3
    search.options.proxy.patches = 3
    search.options.fidelity.cases = 2
    change(&search.options)
    return try search.run(on: data, in: folder)
  }

  @Test(arguments: ZeroCostProxy.allCases)
  func everyProxyJudgesAndResumesToTheSame(proxy: ZeroCostProxy) throws {
    try SmallSearch.withData { folder, data in
      func search(_ name: String, trials: Int) throws -> SearchRun {
        try run(on: data, in: folder + name, trials: trials) {
          $0.estimator = .proxy
          $0.proxy.name = proxy
          $0.strategy = .evolution
        }
      }
      let report = try search("/whole", trials: 6)()
      #expect(report.failures.isEmpty)
      #expect(Set(report.ranking.compactMap(\.estimate?.dice)).count > 1)
      #expect(report.markdown.contains("| place | trial | \(proxy.rawValue) | parameters |"))
      #expect(report.markdown.contains("Each trial: the proxy \(proxy.rawValue) on 3 patches, "))
      #expect(!report.markdown.contains("| winner, in the search |"))
      _ = try search("/parts", trials: 2)()
      _ = try search("/parts", trials: 6)(resume: true)
      #expect(
        try SmallSearch.outcomes(in: folder + "/parts")
          == SmallSearch.outcomes(in: folder + "/whole"))
    }
  }

  /// The count of a candidate's own weights, with which the search needs no training to be right.
  @Test func theBestOfSoManyProposalsIsTrained() throws {
    try SmallSearch.withData { folder, data in
      func change(_ options: inout SearchOptions) {
        options.proxy.name = .parameters
        options.proxy.proposals = 8
      }
      let report = try run(on: data, in: folder + "/whole", trials: 3, change)()
      let plain = try run(on: data, in: folder + "/plain", trials: 24) { $0.estimator = .proxy }()
      // The same random genotypes in the same order, eight for each of the three.
      let drawn = plain.ranking.sorted { $0.number < $1.number }.compactMap(\.estimate?.parameters)
      let expected = (0..<3).map { drawn[(8 * $0)..<(8 * $0 + 8)].max() }
      let chosen = report.ranking.sorted { $0.number < $1.number }.map(\.estimate?.parameters)
      #expect(chosen == expected)
      #expect(report.ranking.allSatisfy { $0.preparing ?? 0 > 0 })
      #expect(
        report.markdown.contains(
          "Of every 8 proposals the best by the proxy parameters became a trial, which took "))
      _ = try run(on: data, in: folder + "/parts", trials: 1, change)()
      _ = try run(on: data, in: folder + "/parts", trials: 3, change)(resume: true)
      #expect(
        try SmallSearch.outcomes(in: folder + "/parts")
          == SmallSearch.outcomes(in: folder + "/whole"))
    }
  }

  @Test func settingsThatDoNotGoTogetherAreRefused() throws {
    func refusal(_ change: (inout SearchOptions) -> Void) -> String? {
      var options = SearchOptions()
      options.proxy.proposals = 4
      change(&options)
      do {
        try options.check(hasWorkers: false)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(refusal { $0.strategy = .local } == nil)
    #expect(
      refusal { $0.estimator = .proxy }
        == "\"estimator\": \"proxy\" and \"proposals\": 4 do not go together: the proxy judges every "
        + "genotype already.")
    #expect(
      refusal { $0.strategy = .darts }
        == "\"strategy\": \"darts\" and \"proposals\": 4 do not go together: a strategy that follows "
        + "gradients has one proposal at a time.")
  }
}
