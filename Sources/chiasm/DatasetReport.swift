import Imaging
import Training

/// What `inspect` finds out about a dataset.
struct DatasetReport: Encodable {
  /// Something that is wrong with a case.
  struct Fault: Encodable, Equatable {
    let caseName: String
    let problem: String
  }

  /// What will be done with the scans of one modality.
  struct Handling: Encodable, Equatable {
    let modality: String

    /// Cases whose scan is not on the reference scan's grid.
    let casesOnOtherGrids: Int

    let grid: String
    let intensities: String
  }

  let name: String
  let root: String
  let licence: String?
  let reference: String
  let isAligned: Bool
  let labels: [Label]

  /// The cases with labels that may be learnt from, and those held back for a test.
  let labelledCases: Int
  let testCases: Int

  let fingerprint: Fingerprint

  /// Absent when the faults leave nothing to plan for.
  let plan: Plan?

  let handling: [Handling]

  /// Scans whose axes are not at right angles, which is no fault.
  let skewed: [Fault]

  let faults: [Fault]

  /// Reads every file of every case.
  ///
  /// - Parameter onCase: Told the name of each case that has been read.
  init(of dataset: Dataset, options: PlanOptions, onCase: (String) -> Void) {
    let (fingerprint, found) = Fingerprint.of(dataset, cases: dataset.cases, onCase: onCase)
    var faults = found.map { Fault(caseName: $0.case, problem: "\($0.error)") }
    var plan: Plan?
    do {
      plan = try Plan.make(fingerprint: fingerprint, dataset: dataset, options: options)
    } catch {
      faults.append(Fault(caseName: "all cases", problem: "\(error)"))
    }
    name = dataset.name
    root = dataset.root
    licence = dataset.licence
    reference = dataset.reference
    isAligned = dataset.isAligned
    labels = dataset.labels
    labelledCases = dataset.labelledCases.count
    testCases = dataset.testCases.count
    skewed = fingerprint.cases.flatMap(Self.skewed)
    handling = plan.map { Self.handling(of: dataset, fingerprint, $0) } ?? []
    self.fingerprint = fingerprint
    self.plan = plan
    self.faults = faults
  }

  private static func skewed(_ entry: Fingerprint.CaseFingerprint) -> [Fault] {
    entry.grids.sorted { $0.key < $1.key }.compactMap { modality, grid in
      grid.direction.skew.map { skew in
        Fault(
          caseName: entry.name,
          problem:
            "The axes of its \(modality) scan are not at right angles: \(skew). They are kept; "
            + "\"orthonormalize\": true in the dataset's description takes the nearest that are.")
      }
    }
  }

  private static func handling(
    of dataset: Dataset, _ fingerprint: Fingerprint, _ plan: Plan
  ) -> [Handling] {
    dataset.modalities.map { modality in
      let others = fingerprint.cases.count { entry in
        guard let own = entry.grids[modality.name], let target = entry.grids[dataset.reference]
        else { return false }
        return !own.agrees(with: target)
      }
      let grid =
        if !dataset.isAligned {
          "its own: resampled to the working grid; masks go back to it"
        } else if modality.name == dataset.reference {
          "the reference: resampled to the working grid; masks go back to its own"
        } else if others == 0 {
          "the reference's: resampled to the working grid"
        } else {
          "its own in \(others) of \(fingerprint.cases.count) cases: resampled through the affines, "
            + "0 where it does not reach"
        }
      return Handling(
        modality: modality.name, casesOnOtherGrids: others, grid: grid,
        intensities: plan.modality(named: modality.name)?.normalization.summary ?? "")
    }
  }
}
