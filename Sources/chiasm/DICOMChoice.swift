import Imaging

/// How DICOM is read, as the command line says it.
struct DICOMChoice {
  let options: DICOMOptions

  /// The lines of the help text.
  static let help: [Help.Option] = [
    .init("series", "N", "Which series of a DICOM folder with several, from 1."),
    .init("suv", "Turn PET into standardized uptake values by body weight."),
    .init(
      "gaps", "refuse|interpolate", "Missing or unequally distant DICOM slices.",
      standard: "refuse"),
    .init("tilt", "refuse|keep", "DICOM slices of a tilted gantry.", standard: "refuse"),
    .init("doubles", "refuse|first", "Several DICOM slices at one place.", standard: "refuse"),
  ]

  init(_ arguments: inout Arguments) throws(UsageError) {
    var options = DICOMOptions()
    options.series = try arguments.integer("series", in: 1...Int(Int32.max))
    options.isUptake = try arguments.flag("suv")
    options.gaps = try arguments.choice("gaps", of: DICOMOptions.Gaps.self) ?? .refuse
    options.tilt = try arguments.choice("tilt", of: DICOMOptions.Tilt.self) ?? .refuse
    options.doubles = try arguments.choice("doubles", of: DICOMOptions.Doubles.self) ?? .refuse
    self.options = options
  }
}
