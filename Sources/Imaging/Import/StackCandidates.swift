/// The DICOM series among what is to be imported.
struct StackCandidates {
  let candidates: [ImportCandidate]

  /// Files with a picture that another file has too.
  let duplicates: [String]

  init(
    _ images: [DICOMImage], _ options: ImportOptions, relative: (String) -> String
  ) {
    var instances: Set<String> = []
    var unique: [DICOMImage] = []
    var copies: [String] = []
    for image in images {
      let name = image.identity.sopInstance
      if name.isEmpty || instances.insert(name).inserted {
        unique.append(image)
      } else {
        copies.append(image.path)
      }
    }
    duplicates = copies
    candidates = DICOMSeries.groups(unique).map { members in
      Self.candidate(unique, members, options, relative: relative)
    }
  }

  private static func candidate(
    _ images: [DICOMImage], _ members: [DICOMStack.Member], _ options: ImportOptions,
    relative: (String) -> String
  ) -> ImportCandidate {
    // Only the files of this stack are kept with it.
    let numbers = Set(members.map(\.image)).sorted()
    let places = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($1, $0) })
    let own = numbers.map { images[$0] }
    let moved = members.compactMap { member in
      places[member.image].map { DICOMStack.Member(image: $0, slice: member.slice) }
    }
    let identity = own[0].identity
    let format = own[0].format
    let descriptions = [identity.seriesDescription, identity.protocolName]
    let ruled = options.rules.modality(
      dicom: identity.modality, descriptions: descriptions, file: relative(own[0].path))
    let modality =
      ruled
      ?? ModalityGuess.modality(dicom: identity.modality, descriptions: descriptions)
    let kind = identity.modality.isEmpty ? "DICOM" : identity.modality
    return ImportCandidate(
      source: .stack(images: own, members: moved),
      caseKey: options.caseRule == .patient
        ? identity.patient : identity.patient + "\n" + identity.study,
      path: own.map(\.path).min() ?? own[0].path, modality: modality, isLabels: false,
      summary: "\(kind), \(counted(members.count, "picture")) of "
        + "\(format.columns) × \(format.rows)",
      reason: ruled != nil ? nil : reason(identity, modality, members.count, options),
      isDerived: identity.imageType.first == "DERIVED", size: members.count * format.pixelCount,
      series: identity.series)
  }

  /// Why a series is no scan to learn from; a rule that names it overrides this.
  private static func reason(
    _ identity: DICOMIdentity, _ modality: Modality?, _ slices: Int, _ options: ImportOptions
  ) -> String? {
    if identity.sopClass.hasPrefix("1.2.840.10008.5.1.4.1.1.7") { return "a secondary capture" }
    guard let modality else {
      return "of a modality that no rule names"
    }
    let descriptions = [identity.seriesDescription, identity.protocolName]
    if identity.imageType.contains("LOCALIZER") || ModalityGuess.isLocalizer(descriptions) {
      return "a localizer"
    }
    let projections = ["PROJECTION IMAGE", "MIP", "MPR", "REFORMATTED", "SCREEN SAVE"]
    if let projection = projections.first(where: identity.imageType.contains) {
      return "derived: \(projection.lowercased())"
    }
    if modality.kind != .ultrasound, slices < options.fewestSlices {
      return "too few slices: \(slices), and at least \(options.fewestSlices) are wanted"
    }
    return nil
  }
}

/// The contours among what is to be imported.
struct StructureCandidates {
  let candidates: [ImportCandidate]
  let faults: [(path: String, error: ImagingError)]

  init(_ contents: DICOMContents, _ options: ImportOptions) {
    var candidates: [ImportCandidate] = []
    var faults: [(path: String, error: ImagingError)] = []
    for path in contents.structureSets {
      do throws(ImagingError) {
        let structures = try StructureSet(at: path)
        let drawn = contents.images.first { structures.isDrawn(on: $0.identity) }
        candidates.append(Self.candidate(structures, on: drawn?.identity, options))
      } catch {
        faults.append((path, error))
      }
    }
    (self.candidates, self.faults) = (candidates, faults)
  }

  private static func candidate(
    _ structures: StructureSet, on identity: DICOMIdentity?, _ options: ImportOptions
  ) -> ImportCandidate {
    let drawn = structures.regions.filter { !$0.isEmpty }
    let reason =
      identity == nil
      ? "drawn on a series that is not there"
      : drawn.isEmpty ? "nothing is drawn" : nil
    let key = identity.map {
      options.caseRule == .patient ? $0.patient : $0.patient + "\n" + $0.study
    }
    return ImportCandidate(
      source: .structures(structures), caseKey: key ?? "", path: structures.path, modality: nil,
      isLabels: true, summary: "contours of \(counted(drawn.count, "region"))", reason: reason,
      isDerived: false, size: drawn.count, series: identity?.series ?? "")
  }
}

/// A number of things, as "1 picture" or "2 pictures".
private func counted(_ count: Int, _ thing: String) -> String {
  count == 1 ? "1 \(thing)" : "\(count) \(thing)s"
}
