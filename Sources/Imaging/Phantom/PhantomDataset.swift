import Foundation
import Randomness

extension Phantom {
  /// Writes a dataset of synthetic patients: `dataset.json`, and a folder per case with
  /// `ct.nii.gz`, `mri.nii.gz`, `ultrasound.nii.gz` and `labels.nii.gz`.
  ///
  /// Case n is drawn from the n-th stream of `seed`, so more cases never change the earlier ones.
  ///
  /// - Parameters:
  ///   - folder: Created when absent; files of the same names are replaced.
  ///   - size: The voxels of each CT along each axis.
  ///   - onCase: Called with the number of cases written so far, after each.
  /// - Throws: ``ImagingError`` when something cannot be written.
  public static func writeDataset(
    to folder: String, cases: Int = 24, size: Int = 48, seed: UInt64 = 1,
    onCase: (Int) -> Void = { _ in }
  ) throws(ImagingError) {
    precondition(cases >= 0, "\(cases) cases cannot be written")
    for index in 0..<cases {
      var generator = SplitMix64(seed: seed, stream: UInt64(index))
      let patient = makeCase(size: size, using: &generator)
      let path = "\(folder)/\(name(ofCase: index))"
      try Folder.create(path)
      for (modality, scan) in patient.scans.sorted(by: { $0.key < $1.key }) {
        try NIfTI.write(scan, to: "\(path)/\(modality).nii.gz")
      }
      try NIfTI.write(patient.labels, to: "\(path)/labels.nii.gz")
      onCase(index + 1)
    }
    try Folder.create(folder)
    try AtomicFile.write(Data(description(seed: seed).utf8), to: "\(folder)/dataset.json")
  }

  /// `case_007` for 7.
  private static func name(ofCase index: Int) -> String {
    let digits = String(index)
    return "case_" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  private static func description(seed: UInt64) -> String {
    let entries = modalities.map {
      "    \"\($0.name)\": { \"kind\": \"\($0.kind.rawValue)\", "
        + "\"file\": \"{case}/\($0.name).nii.gz\" }"
    }
    let values = labels.map { "\"\($0.name)\": \($0.value)" }
    return """
      {
        "name": "Phantom, seed \(seed)",
        "reference": "ct",
        "modalities": {
      \(entries.joined(separator: ",\n"))
        },
        "labelFile": "{case}/labels.nii.gz",
        "labels": { "background": 0, \(values.joined(separator: ", ")) },
        "licence": "Synthetic; made by Chiasm, free of rights"
      }

      """
  }
}
