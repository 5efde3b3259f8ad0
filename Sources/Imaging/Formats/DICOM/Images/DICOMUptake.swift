import Foundation

/// What turns the numbers of positron emission tomography into standardized uptake values by body
/// weight, in grams per millilitre.
///
/// Source: QIBA, "SUV calculation, vendor-neutral pseudo-code", 2018 (the robust version).
struct DICOMUptake {
  private let modality: String
  private let units: String?
  private let suvType: String?
  private let corrections: [String]
  private let decayCorrection: String?
  private let weight: Double?
  private let dose: Double?
  private let halfLife: Double?
  private let injectionDateTime: DICOMTime?
  private let injectionTime: DICOMTime?
  private let seriesStart: DICOMTime?
  private let scannerStart: DICOMTime?
  private let frameReference: Double?
  private let frameDuration: Double?
  private let philipsFactor: Double?
  private let philipsActivity: Double?

  /// When the picture was taken; the earliest of a series counts.
  let acquisition: DICOMTime?

  init(_ dataset: DICOMDataset) {
    modality = dataset.text(.modality) ?? ""
    units = dataset.text(.units)
    suvType = dataset.text(.suvType)
    corrections = dataset.texts(.correctedImage)
    decayCorrection = dataset.text(.decayCorrection)
    weight = dataset.decimal(.patientWeight)
    let drug = dataset.items(.radiopharmaceuticalInformationSequence).first
    dose = drug?.decimal(.radionuclideTotalDose)
    halfLife = drug?.decimal(.radionuclideHalfLife)
    injectionDateTime = drug?.text(.radiopharmaceuticalStartDateTime).flatMap {
      DICOMTime(dateTime: $0)
    }
    injectionTime = drug?.text(.radiopharmaceuticalStartTime).flatMap {
      DICOMTime(date: nil, time: $0)
    }
    seriesStart = DICOMTime(date: dataset.text(.seriesDate), time: dataset.text(.seriesTime))
    acquisition =
      DICOMTime(
        date: dataset.text(.acquisitionDate), time: dataset.text(.acquisitionTime))
      ?? dataset.text(.acquisitionDateTime).flatMap { DICOMTime(dateTime: $0) }
    scannerStart = dataset.text(.gePETScanDateTime).flatMap { DICOMTime(dateTime: $0) }
    frameReference = dataset.decimal(.frameReferenceTime)
    frameDuration = dataset.decimal(.actualFrameDuration)
    philipsFactor = dataset.decimal(.philipsSUVScaleFactor)
    philipsActivity = dataset.decimal(.philipsActivityScaleFactor)
  }

  /// What a scaled number is multiplied by.
  ///
  /// - Parameter earliest: When the first picture of the series was taken.
  /// - Throws: ``ImagingError/uptakeUnknown(path:reason:)``.
  func factor(earliest: DICOMTime?, path: String) throws(ImagingError) -> Double {
    guard modality == "PT" else {
      throw unknown(path, "its modality is \(modality.isEmpty ? "not said" : modality), not PT")
    }
    switch units {
    case "GML":
      guard suvType == nil || suvType == "BW" else {
        throw unknown(path, "its values are uptake by \(suvType ?? ""), not by body weight")
      }
      return 1
    case "BQML":
      return try factorOfActivity(earliest: earliest, path: path)
    case "CNTS":
      if let philipsFactor, philipsFactor > 0 { return philipsFactor }
      guard let philipsActivity, philipsActivity > 0 else {
        throw unknown(
          path,
          "its Units are CNTS, and neither (7053,1000) nor (7053,1009) says what a count means")
      }
      return try philipsActivity * factorOfActivity(earliest: earliest, path: path)
    default:
      throw unknown(path, "its Units (0054,1001) are \(units ?? "missing"), not BQML, GML or CNTS")
    }
  }

  private func factorOfActivity(
    earliest: DICOMTime?, path: String
  ) throws(ImagingError) -> Double {
    for correction in ["ATTN", "DECY"] where !corrections.contains(correction) {
      throw unknown(path, "its Corrected Image (0028,0051) lacks \(correction)")
    }
    let weight = try need(weight, "Patient's Weight (0010,1030)", in: 1...500, "kg", path)
    // A dose of a few hundred has been written in MBq.
    let dose = try need(dose, "Radionuclide Total Dose (0018,1074)", in: 1e5...1e11, "Bq", path)
    let activity = try dose * remaining(earliest: earliest, path: path)
    return weight * 1000 / activity
  }

  /// The part of the dose that is left at the time to which the pictures are corrected.
  private func remaining(earliest: DICOMTime?, path: String) throws(ImagingError) -> Double {
    switch decayCorrection {
    case "ADMIN": return 1
    case "START": break
    default:
      throw unknown(
        path,
        "its Decay Correction (0054,1102) is \(decayCorrection ?? "missing"), not START or "
          + "ADMIN")
    }
    let halfLife = try need(halfLife, "Radionuclide Half Life (0018,1075)", in: 10...1e7, "s", path)
    guard let start = scanStart(earliest: earliest, halfLife: halfLife) else {
      throw unknown(
        path, "neither Series Time (0008,0031) nor Acquisition Time (0008,0032) is there")
    }
    guard let injection = injectionDateTime ?? injectionTime else {
      throw unknown(path, "Radiopharmaceutical Start Time (0018,1072) is missing")
    }
    let seconds = start.seconds(since: injection)
    guard (0...86400).contains(seconds) else {
      throw unknown(
        path, String(format: "its scan began %.1f hours after the injection", seconds / 3600))
    }
    return pow(2, -seconds / halfLife)
  }

  /// When the scan began, to which START corrects.
  private func scanStart(earliest: DICOMTime?, halfLife: Double) -> DICOMTime? {
    guard let taken = earliest ?? acquisition else { return seriesStart }
    if let seriesStart, (0..<86400).contains(taken.seconds(since: seriesStart)) {
      return seriesStart
    }
    if let scannerStart { return scannerStart }
    // The series was written later; each picture's own time leads back to the start.
    guard let acquisition, let frameReference, let frameDuration, frameDuration > 0 else {
      return taken
    }
    let rate = log(2) / halfLife
    let duration = frameDuration / 1000
    let average = log(rate * duration / (1 - exp(-rate * duration))) / rate
    return acquisition.later(by: average - frameReference / 1000)
  }

  private func need(
    _ number: Double?, _ name: String, in range: ClosedRange<Double>, _ unit: String,
    _ path: String
  ) throws(ImagingError) -> Double {
    guard let number else { throw unknown(path, "\(name) is missing") }
    guard range.contains(number) else {
      throw unknown(path, "\(name) is \(String(format: "%g", number)) \(unit), which cannot be")
    }
    return number
  }

  private func unknown(_ path: String, _ reason: String) -> ImagingError {
    .uptakeUnknown(path: path, reason: reason)
  }
}
