/// What a DICOM file says it is: which patient, study and series, and what kind of picture.
///
/// The texts that may name a person are here to group files by, and leave this module in no message.
struct DICOMIdentity {
  let sopClass: String
  let sopInstance: String
  let study: String
  let series: String

  /// Tells one patient from another.
  let patient: String

  let modality: String
  let frameOfReference: String
  let seriesDescription: String
  let protocolName: String
  let seriesNumber: Int?
  let instanceNumber: Int?
  let imageType: [String]

  init(_ dataset: DICOMDataset) {
    sopClass = dataset.text(.sopClassUID) ?? ""
    sopInstance = dataset.text(.sopInstanceUID) ?? ""
    study = dataset.text(.studyInstanceUID) ?? ""
    series = dataset.text(.seriesInstanceUID) ?? ""
    patient = (dataset.text(.patientID) ?? "") + "\n" + (dataset.text(.patientName) ?? "")
    modality = dataset.text(.modality) ?? ""
    frameOfReference = dataset.text(.frameOfReferenceUID) ?? ""
    seriesDescription = dataset.text(.seriesDescription) ?? ""
    protocolName = dataset.text(.protocolName) ?? ""
    seriesNumber = dataset.integerText(.seriesNumber)
    instanceNumber = dataset.integerText(.instanceNumber)
    imageType = dataset.texts(.imageType)
  }

  /// Refuses pictures whose pixels are not what their place says.
  ///
  /// - Throws: ``ImagingError/unsupported(path:found:advice:)``.
  func refuseUnreadKinds(_ path: String) throws(ImagingError) {
    if imageType.contains("MOSAIC") {
      throw .unsupported(
        path: path, found: "a mosaic of slices in one picture",
        advice: "Convert it with dcm2niix first.")
    }
    if sopClass == "1.2.840.10008.5.1.4.1.1.66.4" {
      throw .unsupported(
        path: path, found: "a DICOM segmentation",
        advice: "Convert it to a label map in NIfTI first.")
    }
  }
}
