public import Foundation
public import Imaging

/// What an evaluation found: every case, the means, and how often masks were empty.
public struct EvaluationSummary: Equatable, Sendable {
  /// A case that has no score, and why.
  public struct Failure: Codable, Equatable, Sendable {
    public let name: String
    public let reason: String

    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// How often the masks of one label were empty.
  public struct EmptyMaskCounts: Codable, Equatable, Sendable {
    /// Cases that were compared.
    public let cases: Int

    /// Cases where neither prediction nor reference has the label.
    public let bothEmpty: Int

    /// Cases where only the reference has it.
    public let missed: Int

    /// Cases where only the prediction has it.
    public let spurious: Int

    enum CodingKeys: String, CodingKey {
      case cases = "n_cases"
      case bothEmpty = "n_both_empty"
      case missed = "n_missed"
      case spurious = "n_spurious"
    }
  }

  /// The labels that were compared, background not among them.
  public let labels: [Label]

  /// What a case counts whose masks are both empty.
  public let convention: EmptyMaskConvention

  /// The compared cases.
  public let cases: [CaseReport]

  /// The cases that could not be compared.
  public let failures: [Failure]

  public init(
    labels: [Label], convention: EmptyMaskConvention, cases: [CaseReport],
    failures: [Failure] = []
  ) {
    self.labels = labels
    self.convention = convention
    self.cases = cases
    self.failures = failures
  }

  /// The mean Dice of one label over the cases that have a score, or `nil` when none has.
  public func meanDice(of label: Label) -> Double? {
    mean(of: cases.compactMap { convention($0.confusions[label.value]?.dice) })
  }

  /// The mean over the labels of ``meanDice(of:)``.
  ///
  /// A label that no case has is left out, so that it cannot spoil the mean of the others.
  public var foregroundDice: Double? {
    mean(of: labels.compactMap { meanDice(of: $0) })
  }

  /// How often the masks of `label` were empty.
  public func emptyMasks(of label: Label) -> EmptyMaskCounts {
    let counts = cases.compactMap { $0.confusions[label.value] }
    return EmptyMaskCounts(
      cases: counts.count,
      bothEmpty: counts.count { $0.predicted == 0 && $0.referenced == 0 },
      missed: counts.count { $0.predicted == 0 && $0.referenced > 0 },
      spurious: counts.count { $0.predicted > 0 && $0.referenced == 0 })
  }

  /// The summary as JSON in the layout of nnU-Net's `summary.json`, with what that layout has no
  /// room for under the key `chiasm`.
  ///
  /// A score that does not exist is `null`, because strict readers refuse nnU-Net's bare `NaN`.
  public func encode() throws(MetricsError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(EvaluationFile(self))
    } catch {
      throw .unencodable(reason: "\(error)")
    }
  }
}
