import Foundation
import TestSupport
import Testing

@testable import Imaging

struct DICOMUptakeTests {
  /// A picture of positron emission tomography, 70 kg and 400 MBq of a half life of 6588 s, one hour
  /// and 50 minutes from injection to scan, which is a half life and 12 s.
  private func slice(
    units: String = "BQML", correction: String? = "START", weight: Double? = 70,
    dose: Double = 4e8, injection: String = "100000", series: String = "114948",
    acquisition: String = "115000", corrections: String = "DECY\\ATTN",
    extra: (inout DICOMBytes) -> Void = { _ in }
  ) -> DICOMBytes {
    var drug = DICOMBytes()
    drug.text(0x0018_1072, "TM", injection)
    drug.decimals(0x0018_1074, [dose])
    drug.decimals(0x0018_1075, [6588])
    var slices = DICOMSlices(heights: [0])
    slices.modality = "PT"
    return slices.slice(0) { bytes in
      bytes.text(0x0008_0021, "DA", "20200102")
      bytes.text(0x0008_0022, "DA", "20200102")
      bytes.text(0x0008_0031, "TM", series)
      bytes.text(0x0008_0032, "TM", acquisition)
      if let weight { bytes.decimals(0x0010_1030, [weight]) }
      bytes.text(0x0028_0051, "CS", corrections)
      bytes.sequence(0x0054_0016, [drug])
      bytes.text(0x0054_1001, "CS", units)
      if let correction { bytes.text(0x0054_1102, "CS", correction) }
      extra(&bytes)
      bytes.pixels([Int](repeating: 1000, count: 12))
    }
  }

  private func uptake(_ bytes: DICOMBytes) throws -> Double {
    let folder = try ScratchFolder()
    let path = try folder.store(bytes.file(), as: "a.dcm")
    var options = DICOMOptions()
    options.isUptake = true
    return Double(try ScanFile.open(path, dicom: options).read(frame: 0).volume[0, 0, 0])
  }

  private func refusal(_ bytes: DICOMBytes) -> String? {
    guard case .uptakeUnknown(_, let reason)? = imagingError({ try uptake(bytes) }) else {
      return nil
    }
    return reason
  }

  @Test func activityIsDividedByTheDecayedDosePerGram() throws {
    // 1000 Bq/ml × 70,000 g / (4e8 Bq × half).
    expectClose(try uptake(slice()), 1000 * 70_000 / 2e8, within: 1e-7)
  }

  @Test func valuesCorrectedToTheInjectionUseTheWholeDose() throws {
    expectClose(try uptake(slice(correction: "ADMIN")), 1000 * 70_000 / 4e8, within: 1e-7)
  }

  @Test func aScanMayBeginAfterMidnight() throws {
    let late = slice(injection: "233012", series: "012000", acquisition: "012010")
    expectClose(try uptake(late), 1000 * 70_000 / 2e8, within: 1e-7)
  }

  @Test func aSeriesWrittenLaterIsNotTheStartOfTheScan() throws {
    // Series time is an hour late; the frame of 60 s that refers to 30 s began at 11:49:48.
    let bytes = slice(series: "125000", acquisition: "114948") {
      $0.decimals(0x0018_1242, [60_000])
      $0.decimals(0x0054_1300, [30_000])
    }
    // The average of the decay over a minute is 0.0316 s before its middle.
    let start = 6588.0 - 30 + 30 - 0.03156
    expectClose(try uptake(bytes), 1000 * 70_000 / (4e8 * pow(2, -start / 6588)), within: 1e-6)
  }

  @Test func scannersOfGESayWhenTheScanBegan() throws {
    let bytes = slice(series: "125000", acquisition: "115500") {
      $0.text(0x0009_100D, "DT", "20200102114948.00")
    }
    expectClose(try uptake(bytes), 1000 * 70_000 / 2e8, within: 1e-7)
  }

  @Test func gramsPerMillilitreAreUptakeAlready() throws {
    #expect(try uptake(slice(units: "GML", weight: nil)) == 1000)
  }

  @Test func scannersOfPhilipsCountByAFactorOfTheirOwn() throws {
    let direct = slice(units: "CNTS") { $0.decimals(0x7053_1000, [0.0025]) }
    expectClose(try uptake(direct), 2.5, within: 1e-7)
    let activity = slice(units: "CNTS") { $0.decimals(0x7053_1009, [2]) }
    expectClose(try uptake(activity), 2 * 1000 * 70_000 / 2e8, within: 1e-7)
    #expect(
      refusal(slice(units: "CNTS"))
        == "its Units are CNTS, and neither (7053,1000) nor (7053,1009) says what a count means")
  }

  @Test func whatIsMissingIsNamed() throws {
    #expect(refusal(slice(weight: nil)) == "Patient's Weight (0010,1030) is missing")
    #expect(refusal(slice(weight: 0)) == "Patient's Weight (0010,1030) is 0 kg, which cannot be")
    #expect(
      refusal(slice(dose: 370))
        == "Radionuclide Total Dose (0018,1074) is 370 Bq, which cannot be")
    #expect(refusal(slice(corrections: "DECY")) == "its Corrected Image (0028,0051) lacks ATTN")
    #expect(
      refusal(slice(correction: nil))
        == "its Decay Correction (0054,1102) is missing, not START or ADMIN")
    #expect(
      refusal(slice(units: "PROPCPS"))
        == "its Units (0054,1001) are PROPCPS, not BQML, GML or CNTS")
  }

  @Test func onlyPositronEmissionHasUptake() throws {
    var slices = DICOMSlices(heights: [0])
    slices.modality = "CT"
    var bytes = slices.slice(0)
    bytes.pixels(slices.pixels(0))
    #expect(refusal(bytes) == "its modality is CT, not PT")
  }
}
