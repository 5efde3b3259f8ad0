import Architecture
import NetworkTestSupport
import Testing

@testable import Search

/// Reference values: PyTorch 2.15 and NumPy 2.4.6, from Tests/Reference/proxy_values.py.
struct ZeroCostProxyTests {
  private static let values: [ZeroCostProxy: (fused: Double, early: Double)] = [
    .jacov: (-4.517270843605922, -4.172133173965149),
    .naswot: (33.036317063906125, 30.26823649886624),
    .synflow: (28.09788720053185, 28.582166873709685),
    .gradNorm: (0.3342865512249693, 0.34850182418040704),
  ]

  @Test(arguments: [ZeroCostProxy.jacov, .naswot, .synflow, .gradNorm])
  func everyScoreAgreesWithPyTorch(proxy: ZeroCostProxy) throws {
    let expected = try #require(Self.values[proxy])
    let designs = [
      (try referenceDesign(), expected.fused), (ProxyNetworks.early, expected.early),
    ]
    for (design, value) in designs {
      let score = try proxy.score(
        of: ProxyNetworks.network(design), on: ProxyNetworks.patches())
      #expect(abs(score - value) < 1e-7 * abs(value), "\(design.title): \(score)")
    }
  }

  @Test func parametersAreTheWeights() throws {
    let network = try ProxyNetworks.network(ProxyNetworks.early)
    let score = try ZeroCostProxy.parameters.score(of: network, on: ProxyNetworks.patches())
    let cost = Cost.of(
      ProxyNetworks.early, topology: ProxyNetworks.topology, patch: [4, 8, 8])
    #expect(score == Double(cost.parameters))
  }
}
