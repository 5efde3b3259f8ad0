/// What ties the feature spaces of the modalities together at one level, and how strongly.
public struct Coordination: Hashable, Sendable {
  /// The heaviest weight that is taken for no mistake.
  public static let maximumWeight = 1000.0

  public let constraint: Constraint

  /// What the constraint's term is multiplied by before it is added to the training's loss.
  public let weight: Double

  /// - Throws: ``ArchitectureError/badWeight(_:allowed:)`` unless the weight is above 0 and at most
  ///   ``maximumWeight``; without a weight nothing would be coordinated.
  public init(_ constraint: Constraint, weight: Double) throws(ArchitectureError) {
    guard weight > 0, weight <= Self.maximumWeight else {
      throw .badWeight(weight, allowed: Self.maximumWeight)
    }
    self.constraint = constraint
    self.weight = weight
  }

  /// The constraint and its weight, such as `cosine 0.1`.
  public var title: String { "\(constraint.title) \(weight)" }
}
