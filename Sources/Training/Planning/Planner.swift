public import Imaging

/// Looks at the cases to learn from, and plans.
public struct Planner {
  public let dataset: Dataset
  public let options: PlanOptions

  public init(dataset: Dataset, options: PlanOptions) {
    self.dataset = dataset
    self.options = options
  }

  /// The plan for the given cases. A case that cannot be read is passed over here: it is reported
  /// when it is loaded.
  public func plan(
    for cases: [CaseFiles], onCase: (String) -> Void = { _ in }
  ) throws(TrainingError) -> Plan {
    let (fingerprint, _) = Fingerprint.of(dataset, cases: cases, onCase: onCase)
    return try Plan.make(fingerprint: fingerprint, dataset: dataset, options: options)
  }
}
