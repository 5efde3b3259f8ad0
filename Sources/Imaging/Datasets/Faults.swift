/// What is wrong with a case: everything, not just the first thing.
extension Dataset {
  /// Every fault of a case, by reading all its files.
  ///
  /// A file that cannot be read, voxels that are not finite, a scan that does not overlap with the
  /// reference scan, labels on another grid than the reference scan, label values that the dataset
  /// does not list, and the lack of the reference scan. A modality that has no file is not a fault.
  public func faults(of files: CaseFiles) -> [ImagingError] {
    examine(files).faults
  }

  /// Reads as much of a case as can be read, and says what is wrong with it.
  ///
  /// - Parameters:
  ///   - names: The modalities to read; all by default.
  ///   - withLabels: Whether labels are read.
  ///   - threads: How many threads take part at most; `nil` for one per core.
  func examine(
    _ files: CaseFiles, modalities names: [String]? = nil, withLabels: Bool = true,
    threads: Int? = nil
  ) -> (case: Case, faults: [ImagingError]) {
    var faults: [ImagingError] = []
    var scans: [String: Scan] = [:]
    let reference = reference(of: files)
    let wanted = modalities.filter { names?.contains($0.name) ?? true }
    let isWanted = wanted.contains { $0.name == reference }
    let hasLabels = withLabels && files.labels != nil
    if isWanted ? files.images[reference] == nil : hasLabels {
      faults.append(.missingReference(caseName: files.name, modality: reference))
    }
    for modality in wanted {
      guard let image = files.images[modality.name] else { continue }
      do throws(ImagingError) {
        var scan = try ScanFile.read(at: image.path, frame: image.frame, threads: threads)
        if isOrthonormalized { scan = scan.orthonormalized }
        scans[modality.name] = scan
        faults += Self.faults(of: scan, at: image.path)
      } catch {
        faults.append(error)
      }
    }
    faults += overlapFaults(of: scans, files: files)
    func scanned(_ labels: LabelMap? = nil) -> Case {
      Case(
        name: files.name, patient: files.patient, reference: reference, scans: scans,
        labels: labels)
    }
    guard hasLabels else { return (scanned(), faults) }
    let (labels, labelFaults) = readLabels(
      of: files, on: scans[reference]?.volume.geometry, threads: threads)
    return (scanned(labels), faults + labelFaults)
  }

  private static func faults(of scan: Scan, at path: String) -> [ImagingError] {
    let count = scan.volume.voxels.reduce(0) { $1.isFinite ? $0 : $0 + 1 }
    return count == 0 ? [] : [.nonFinite(path: path, count: count)]
  }

  private func overlapFaults(of scans: [String: Scan], files: CaseFiles) -> [ImagingError] {
    guard let grid = scans[reference(of: files)]?.volume.geometry else { return [] }
    return modalities.compactMap { modality in
      guard let scan = scans[modality.name]?.volume.geometry,
        let path = files.images[modality.name]?.path
      else { return nil }
      do throws(ImagingError) {
        try scan.checkOverlap(with: grid, at: path)
        return nil
      } catch {
        return error
      }
    }
  }

  private func readLabels(
    of files: CaseFiles, on grid: Geometry?, threads: Int?
  ) -> (labels: LabelMap?, faults: [ImagingError]) {
    guard let file = files.labels else { return (nil, []) }
    var map: LabelMap
    do throws(ImagingError) {
      map = try ScanFile.readLabels(at: file.path, frame: file.frame, threads: threads)
      if isOrthonormalized { map = map.orthonormalized }
    } catch {
      return (nil, [error])
    }
    var faults: [ImagingError] = []
    if let grid, !map.geometry.agrees(with: grid) {
      faults.append(.gridMismatch(path: file.path, image: grid, labels: map.geometry))
    }
    let allowed = [0] + labels.map(\.value)
    let unknown = map.distinctValues.filter { !allowed.contains($0) }
    if !unknown.isEmpty {
      faults.append(.unknownLabels(path: file.path, found: unknown, allowed: allowed))
    }
    return (map, faults)
  }
}

extension LabelMap {
  /// How many voxels have each value, by value.
  var histogram: [Int] {
    var counts = [Int](repeating: 0, count: Int(UInt16.max) + 1)
    for voxel in voxels { counts[Int(voxel)] += 1 }
    return counts
  }

  /// Every value that occurs, ascending.
  public var distinctValues: [Int] {
    let counts = histogram
    return counts.indices.filter { counts[$0] > 0 }
  }
}
