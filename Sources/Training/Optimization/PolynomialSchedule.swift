import Foundation

/// The learning rate of each step.
public struct PolynomialSchedule: Hashable, Sendable {
  /// The rate of the first step.
  public let initialRate: Double

  /// The number of steps after which the rate is zero.
  public let steps: Int

  /// nnU-Net's exponent.
  public static let power = 0.9

  public init(initialRate: Double, steps: Int) {
    self.initialRate = initialRate
    self.steps = steps
  }

  /// `initialRate · (1 − step / steps)^0.9`.
  public func rate(atStep step: Int) -> Double {
    initialRate * pow(max(0, 1 - Double(step) / Double(steps)), Self.power)
  }
}
