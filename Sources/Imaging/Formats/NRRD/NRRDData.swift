extension NRRDHeader {
  /// Where the numbers are.
  ///
  /// - Throws: ``ImagingError``.
  func provider(type: VoxelType, axes: NRRDAxes) throws(ImagingError) -> any VoxelProvider {
    let count = axes.lengths.reduce(1, *)
    let paths = try dataPaths(axes)
    guard count % paths.count == 0 else {
      throw .unreadable(
        path: path, reason: "its \(paths.count) data files cannot share \(count) numbers equally")
    }
    let isSwapped = self["endian"]?.lowercased() == "big"
    let encoding = self["encoding"]?.lowercased() ?? "no encoding"
    switch encoding {
    case "raw", "gz", "gzip":
      return VoxelSource(
        try files(
          paths, share: count / paths.count, type: type, packing: encoding == "raw" ? .plain : .gzip
        ),
        type: type, isSwapped: isSwapped)
    case "txt", "text", "ascii", "hex":
      return try text(
        paths, type: type, count: count, isHexadecimal: encoding == "hex", isSwapped: isSwapped)
    case "bz2", "bzip2":
      throw .unsupported(
        path: path, found: "voxels compressed with bzip2", advice: "Save it with gzip instead.")
    default:
      throw .unsupported(
        path: path, found: "the encoding '\(encoding)'", advice: "Save it as raw or gzip.")
    }
  }

  private func files(
    _ paths: [String], share: Int, type: VoxelType, packing: VoxelFile.Packing
  ) throws(ImagingError) -> [(file: VoxelFile, count: Int)] {
    let skipped = try number("byte skip", from: -1)
    var files: [(file: VoxelFile, count: Int)] = []
    for path in paths {
      let facts = try FileFacts.of(path)
      let start = try start(in: path)
      let file: VoxelFile
      if skipped == -1 {
        guard packing == .plain else {
          throw wrong("byte skip", "at least 0 is expected of compressed voxels")
        }
        file = VoxelFile(
          path: path, packing: .plain, offset: max(0, facts.byteCount - share * type.byteCount))
      } else {
        file = VoxelFile(path: path, start: start, packing: packing, offset: skipped)
      }
      try file.checkRoom(for: share, of: type)
      files.append((file, share))
    }
    return files
  }

  private func text(
    _ paths: [String], type: VoxelType, count: Int, isHexadecimal: Bool, isSwapped: Bool
  ) throws(ImagingError) -> VoxelText {
    guard paths.count == 1 else {
      throw .unsupported(
        path: path, found: "several data files of text", advice: "Convert it to .nii.gz.")
    }
    let facts = try FileFacts.of(paths[0])
    // A number and the space after it take two bytes at least, and so does a byte in digits.
    guard facts.byteCount / 2 + 1 >= count else {
      throw .absurdSize(
        path: path,
        description: "\(count) numbers do not fit in a text of \(facts.byteCount) bytes")
    }
    return VoxelText(
      path: paths[0], start: try start(in: paths[0]) + number("byte skip", from: 0), type: type,
      count: count, isHexadecimal: isHexadecimal, isSwapped: isSwapped)
  }

  /// The byte of a data file where the voxels, or what they are packed in, begin.
  private func start(in dataPath: String) throws(ImagingError) -> Int {
    let beginning = self["data file"] == nil ? length : 0
    let skipped = try number("line skip", from: 0)
    guard skipped > 0 else { return beginning }
    let lines = try HeaderLines(dataPath, from: beginning)
    for _ in 0..<skipped {
      guard try lines.take() != nil else { throw wrong("line skip", "there are fewer lines") }
    }
    return beginning + lines.position
  }

  private func number(_ key: String, from least: Int) throws(ImagingError) -> Int {
    guard let text = self[key] else { return 0 }
    guard let number = Int(text), number >= least, number < 1 << 40 else {
      throw wrong(key, "a whole number of at least \(least) is expected")
    }
    return number
  }

  private func dataPaths(_ axes: NRRDAxes) throws(ImagingError) -> [String] {
    guard let value = self["data file"] else { return [path] }
    let files = DetachedFiles(headerPath: path)
    // There can be no more files than rows or slices in all.
    let most = axes.lengths.dropFirst().reduce(1, *)
    if value.hasPrefix("LIST") {
      guard (1...min(most, DetachedFiles.most)).contains(list.count) else {
        throw .unreadable(path: path, reason: "it lists \(list.count) data files")
      }
      var paths: [String] = []
      for name in list { paths.append(try files.path(of: name)) }
      return paths
    }
    let words = value.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.count >= 3, words[0].contains("%") {
      return try files.paths(ofPattern: Array(words.prefix(4)), most: most)
    }
    return [try files.path(of: value)]
  }
}
