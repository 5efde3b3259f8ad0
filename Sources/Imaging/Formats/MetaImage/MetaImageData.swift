extension MetaImageHeader {
  /// Where the `count` numbers of all frames are.
  ///
  /// - Throws: ``ImagingError``.
  func provider(
    type: VoxelType, lengths: [Int], count: Int
  ) throws(ImagingError) -> any VoxelProvider {
    let words = (self["ElementDataFile"] ?? "").split(whereSeparator: \.isWhitespace)
      .map(String.init)
    let isLocal = ["LOCAL", "Local", "local"].contains(words.first)
    let paths =
      isLocal ? [path] : try dataPaths(words, lengths: lengths)
    guard count % paths.count == 0 else {
      throw .unreadable(
        path: path, reason: "its \(paths.count) data files cannot share \(count) numbers equally")
    }
    let share = count / paths.count
    // Text unless the header says otherwise, as in ITK.
    guard isTrue("BinaryData") || self["BinaryData"] == nil else {
      guard paths.count == 1 else {
        throw .unsupported(
          path: path, found: "several data files of text", advice: "Convert it to .nii.gz.")
      }
      try checkText(paths[0], count: count)
      return VoxelText(
        path: paths[0], start: isLocal ? length : 0, type: type, count: count)
    }
    var files: [(file: VoxelFile, count: Int)] = []
    for path in paths {
      let file = try voxelFile(path, isLocal: isLocal, bytes: share * type.byteCount)
      try file.checkRoom(for: share, of: type)
      files.append((file, share))
    }
    return VoxelSource(
      files, type: type, isSwapped: isTrue("BinaryDataByteOrderMSB", "ElementByteOrderMSB"))
  }

  /// A number and the space after it take two bytes at least.
  private func checkText(_ path: String, count: Int) throws(ImagingError) {
    let facts = try FileFacts.of(path)
    guard facts.byteCount / 2 + 1 >= count else {
      throw .absurdSize(
        path: self.path,
        description: "\(count) numbers do not fit in a text of \(facts.byteCount) bytes")
    }
  }

  /// Where in a data file the voxels are; a HeaderSize of -1 stands for the end of the file.
  private func voxelFile(
    _ path: String, isLocal: Bool, bytes: Int
  ) throws(ImagingError) -> VoxelFile {
    let facts = try FileFacts.of(path)
    guard !isTrue("CompressedData") else {
      return VoxelFile(path: path, start: isLocal ? length : 0, packing: .gzipOrZlib, offset: 0)
    }
    let skipped = self["HeaderSize"].flatMap { Int($0) } ?? 0
    guard skipped >= -1, skipped < 1 << 40 else {
      throw .absurdSize(path: self.path, description: "its HeaderSize is \(skipped)")
    }
    if skipped == -1 {
      return VoxelFile(path: path, packing: .plain, offset: max(0, facts.byteCount - bytes))
    }
    return VoxelFile(
      path: path, packing: .plain, offset: skipped > 0 ? skipped : isLocal ? length : 0)
  }

  private func dataPaths(_ words: [String], lengths: [Int]) throws(ImagingError) -> [String] {
    let files = DetachedFiles(headerPath: path)
    // There can be no more files than lines, rows or slices in all.
    let most = lengths.dropFirst().reduce(1, *)
    if words.first == "LIST" {
      guard (1...min(most, DetachedFiles.most)).contains(list.count) else {
        throw .unreadable(path: path, reason: "it lists \(list.count) data files")
      }
      var paths: [String] = []
      for name in list { paths.append(try files.path(of: name)) }
      return paths
    }
    if words.count > 1, words[0].contains("%") {
      return try files.paths(ofPattern: words, most: most)
    }
    return [try files.path(of: self["ElementDataFile"] ?? "")]
  }
}
