public import Imaging

/// Reads and preprocesses cases; one that cannot be read is reported and left out.
public struct CaseLoader {
  public let dataset: Dataset
  public let preprocessing: Preprocessing

  /// The names of the modalities to prepare.
  public let modalities: [String]

  /// - Parameter threads: How many threads take part at most; `nil` for one per core.
  public init(dataset: Dataset, plan: Plan, modalities: [String], threads: Int? = nil) {
    self.dataset = dataset
    preprocessing = Preprocessing(plan: plan, threads: threads)
    self.modalities = modalities
  }

  /// The cases that could be prepared, and why the others could not.
  public func load(
    _ files: [CaseFiles], onCase: (String) -> Void = { _ in }
  ) -> (cases: [PreprocessedCase], failures: [CaseFailure]) {
    var cases: [PreprocessedCase] = []
    var failures: [CaseFailure] = []
    for file in files {
      onCase(file.name)
      do {
        cases.append(try load(file))
      } catch {
        failures.append(CaseFailure(caseName: file.name, reason: "\(error)"))
      }
    }
    return (cases, failures)
  }

  /// One case; the reference scan is always read, because it defines the grid.
  private func load(_ files: CaseFiles) throws -> PreprocessedCase {
    let wanted = Set(modalities + [dataset.reference(of: files)])
    let scanned = try dataset.loadCase(
      files, modalities: Array(wanted), threads: preprocessing.threads)
    return try preprocessing(scanned, modalities: modalities)
  }
}

/// A case that had to be left out of a batch, and why.
public struct CaseFailure: Codable, Hashable, Sendable {
  public let caseName: String
  public let reason: String

  public init(caseName: String, reason: String) {
    self.caseName = caseName
    self.reason = reason
  }
}
