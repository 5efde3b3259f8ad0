extension DICOMSliceKey {
  /// What picture `index` of a file says that may tell it from others at its place.
  static func values(
    _ dataset: DICOMDataset, _ groups: DICOMFunctionalGroups, _ index: Int
  ) -> [DICOMSliceKey: String] {
    let content = groups.group(.frameContentSequence, index)
    let echo = groups.holder(of: .effectiveEchoTime, in: [.mrEchoSequence], index)
    var values: [DICOMSliceKey: String] = [:]
    values[.imageType] = dataset.text(.imageType)
    values[.component] = dataset.text(.complexImageComponent)
    values[.echo] =
      dataset.text(.echoNumbers) ?? dataset.text(.echoTime)
      ?? echo.doubles(.effectiveEchoTime)?.first.map { "\($0)" }
    values[.diffusion] = diffusion(dataset, groups, index)
    values[.temporalPosition] =
      content?.unsigned(.temporalPositionIndex).map(String.init)
      ?? dataset.text(.temporalPositionIdentifier)
    values[.acquisition] = dataset.text(.acquisitionNumber)
    values[.trigger] = dataset.text(.triggerTime)
    values[.sequence] = dataset.text(.sequenceName)
    values[.acquisitionTime] = dataset.text(.acquisitionTime)
    values[.dimensions] = dimensions(dataset, content)
    return values
  }

  private static func diffusion(
    _ dataset: DICOMDataset, _ groups: DICOMFunctionalGroups, _ index: Int
  ) -> String? {
    let item = groups.group(.mrDiffusionSequence, index) ?? dataset
    guard let weighting = item.doubles(.diffusionBValue)?.first else { return nil }
    let gradient = item.items(.diffusionGradientDirectionSequence).first ?? item
    let direction = gradient.doubles(.diffusionGradientOrientation) ?? []
    return ([weighting] + direction).map { "\($0)" }.joined(separator: " ")
  }

  /// The indices of a multi-frame file's dimensions, save those that say where a picture lies.
  private static func dimensions(_ dataset: DICOMDataset, _ content: DICOMDataset?) -> String? {
    guard let indices = content?.longList(.dimensionIndexValues) else { return nil }
    let pointers = dataset.items(.dimensionIndexSequence).map { item -> UInt32? in
      guard let halves = item.unsignedList(.dimensionIndexPointer), halves.count == 2 else {
        return nil
      }
      return UInt32(halves[0]) << 16 | UInt32(halves[1])
    }
    // In-Stack Position Number, and Image Position in the patient and in the volume.
    let places: Set<UInt32> = [0x0020_9057, 0x0020_0032, 0x0020_9301]
    guard pointers.count == indices.count else { return nil }
    return zip(pointers, indices).filter { $0.0.map { !places.contains($0) } ?? true }
      .map { "\($0.1)" }.joined(separator: " ")
  }
}
