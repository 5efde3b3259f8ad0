/// The attributes that are read; every other one is skipped, so that neither its size nor what it
/// says about a person is ever in memory.
///
/// Names are those of DICOM PS3.6; the number is the group and the element.
enum DICOMTag: UInt32, Hashable, CaseIterable {
  case transferSyntaxUID = 0x0002_0010
  case specificCharacterSet = 0x0008_0005
  case imageType = 0x0008_0008
  case sopClassUID = 0x0008_0016
  case sopInstanceUID = 0x0008_0018
  case seriesDate = 0x0008_0021
  case acquisitionDate = 0x0008_0022
  case acquisitionDateTime = 0x0008_002A
  case seriesTime = 0x0008_0031
  case acquisitionTime = 0x0008_0032
  case modality = 0x0008_0060
  case manufacturer = 0x0008_0070
  case seriesDescription = 0x0008_103E
  case referencedSeriesSequence = 0x0008_1115
  case referencedSOPInstanceUID = 0x0008_1155
  case complexImageComponent = 0x0008_9208
  case gePETScanDateTime = 0x0009_100D
  case patientName = 0x0010_0010
  case patientID = 0x0010_0020
  case patientWeight = 0x0010_1030
  case sequenceName = 0x0018_0024
  case sliceThickness = 0x0018_0050
  case echoTime = 0x0018_0081
  case echoNumbers = 0x0018_0086
  case spacingBetweenSlices = 0x0018_0088
  case protocolName = 0x0018_1030
  case triggerTime = 0x0018_1060
  case frameTime = 0x0018_1063
  case radiopharmaceuticalStartTime = 0x0018_1072
  case radionuclideTotalDose = 0x0018_1074
  case radionuclideHalfLife = 0x0018_1075
  case radiopharmaceuticalStartDateTime = 0x0018_1078
  case gantryDetectorTilt = 0x0018_1120
  case imagerPixelSpacing = 0x0018_1164
  case actualFrameDuration = 0x0018_1242
  case nominalScannedPixelSpacing = 0x0018_2010
  case sequenceOfUltrasoundRegions = 0x0018_6011
  case regionSpatialFormat = 0x0018_6012
  case regionLocationMinX0 = 0x0018_6018
  case regionLocationMinY0 = 0x0018_601A
  case regionLocationMaxX1 = 0x0018_601C
  case regionLocationMaxY1 = 0x0018_601E
  case physicalUnitsXDirection = 0x0018_6024
  case physicalUnitsYDirection = 0x0018_6026
  case physicalDeltaX = 0x0018_602C
  case physicalDeltaY = 0x0018_602E
  case diffusionBValue = 0x0018_9087
  case diffusionGradientDirectionSequence = 0x0018_9076
  case diffusionGradientOrientation = 0x0018_9089
  case mrDiffusionSequence = 0x0018_9117
  case mrEchoSequence = 0x0018_9114
  case effectiveEchoTime = 0x0018_9082
  case studyInstanceUID = 0x0020_000D
  case seriesInstanceUID = 0x0020_000E
  case seriesNumber = 0x0020_0011
  case acquisitionNumber = 0x0020_0012
  case instanceNumber = 0x0020_0013
  case imagePositionPatient = 0x0020_0032
  case imageOrientationPatient = 0x0020_0037
  case frameOfReferenceUID = 0x0020_0052
  case temporalPositionIdentifier = 0x0020_0100
  case stackID = 0x0020_9056
  case frameContentSequence = 0x0020_9111
  case planePositionSequence = 0x0020_9113
  case planeOrientationSequence = 0x0020_9116
  case temporalPositionIndex = 0x0020_9128
  case dimensionIndexValues = 0x0020_9157
  case dimensionIndexSequence = 0x0020_9222
  case dimensionIndexPointer = 0x0020_9165
  case imagePositionVolume = 0x0020_9301
  case imageOrientationVolume = 0x0020_9302
  case planePositionVolumeSequence = 0x0020_930E
  case planeOrientationVolumeSequence = 0x0020_930F
  case samplesPerPixel = 0x0028_0002
  case photometricInterpretation = 0x0028_0004
  case planarConfiguration = 0x0028_0006
  case numberOfFrames = 0x0028_0008
  case rows = 0x0028_0010
  case columns = 0x0028_0011
  case pixelSpacing = 0x0028_0030
  case correctedImage = 0x0028_0051
  case bitsAllocated = 0x0028_0100
  case bitsStored = 0x0028_0101
  case highBit = 0x0028_0102
  case pixelRepresentation = 0x0028_0103
  case pixelPaddingValue = 0x0028_0120
  case burnedInAnnotation = 0x0028_0301
  case rescaleIntercept = 0x0028_1052
  case rescaleSlope = 0x0028_1053
  case redPaletteDescriptor = 0x0028_1101
  case greenPaletteDescriptor = 0x0028_1102
  case bluePaletteDescriptor = 0x0028_1103
  case redPaletteData = 0x0028_1201
  case greenPaletteData = 0x0028_1202
  case bluePaletteData = 0x0028_1203
  case redSegmentedPaletteData = 0x0028_1221
  case modalityLUTSequence = 0x0028_3000
  case lutDescriptor = 0x0028_3002
  case lutData = 0x0028_3006
  case pixelMeasuresSequence = 0x0028_9110
  case pixelValueTransformationSequence = 0x0028_9145
  case detectorInformationSequence = 0x0054_0022
  case radiopharmaceuticalInformationSequence = 0x0054_0016
  case units = 0x0054_1001
  case suvType = 0x0054_1006
  case decayCorrection = 0x0054_1102
  case frameReferenceTime = 0x0054_1300
  case gridFrameOffsetVector = 0x3004_000C
  case doseGridScaling = 0x3004_000E
  case referencedFrameOfReferenceSequence = 0x3006_0010
  case rtReferencedStudySequence = 0x3006_0012
  case rtReferencedSeriesSequence = 0x3006_0014
  case contourImageSequence = 0x3006_0016
  case structureSetROISequence = 0x3006_0020
  case roiNumber = 0x3006_0022
  case referencedFrameOfReferenceUID = 0x3006_0024
  case roiName = 0x3006_0026
  case roiContourSequence = 0x3006_0039
  case contourSequence = 0x3006_0040
  case contourGeometricType = 0x3006_0042
  case contourData = 0x3006_0050
  case referencedROINumber = 0x3006_0084
  case sharedFunctionalGroupsSequence = 0x5200_9229
  case perFrameFunctionalGroupsSequence = 0x5200_9230
  case philipsSUVScaleFactor = 0x7053_1000
  case philipsActivityScaleFactor = 0x7053_1009
  case extendedOffsetTable = 0x7FE0_0001
  case extendedOffsetTableLengths = 0x7FE0_0002
  case floatPixelData = 0x7FE0_0008
  case doubleFloatPixelData = 0x7FE0_0009
  case pixelData = 0x7FE0_0010

  /// Whether the attribute is a sequence, which a file of implicit types does not say.
  var isSequence: Bool {
    switch self {
    case .referencedSeriesSequence, .sequenceOfUltrasoundRegions,
      .diffusionGradientDirectionSequence, .mrDiffusionSequence, .mrEchoSequence,
      .frameContentSequence, .planePositionSequence, .planeOrientationSequence,
      .dimensionIndexSequence, .planePositionVolumeSequence, .planeOrientationVolumeSequence,
      .modalityLUTSequence, .pixelMeasuresSequence, .pixelValueTransformationSequence,
      .detectorInformationSequence, .radiopharmaceuticalInformationSequence,
      .referencedFrameOfReferenceSequence, .rtReferencedStudySequence,
      .rtReferencedSeriesSequence, .contourImageSequence, .structureSetROISequence,
      .roiContourSequence, .contourSequence, .sharedFunctionalGroupsSequence,
      .perFrameFunctionalGroupsSequence:
      true
    default:
      false
    }
  }

  /// Whether this is one of the three that hold pixels.
  var holdsPixels: Bool {
    self == .pixelData || self == .floatPixelData || self == .doubleFloatPixelData
  }
}

/// A tag as messages show it: "(0028,0010)".
func tagText(_ tag: UInt32) -> String {
  let digits = String(tag, radix: 16, uppercase: true)
  let padded = String(repeating: "0", count: 8 - digits.count) + digits
  return "(\(padded.prefix(4)),\(padded.suffix(4)))"
}
