/// How networks are judged before they are trained.
public struct ProxyOptions: Codable, Hashable, Sendable {
  /// By what.
  public var name = ZeroCostProxy.naswot

  /// On how many patches of the cases to learn from.
  public var patches = 16

  /// Of how many proposals of the strategy the best by the proxy becomes a trial; 1: there is no choice.
  public var proposals = 1

  public init() {}
}
