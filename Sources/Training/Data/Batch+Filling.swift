import Networks

extension Batch {
  /// Writes one patch: it is given the patch's place, room for it per modality, and room for its
  /// classes, and says which modalities the patch shows.
  typealias Filling = (Int, [UnsafeMutablePointer<Float>], UnsafeMutablePointer<UInt8>) -> [Bool]

  /// A batch whose patches are written one after the other, where they stay.
  ///
  /// - Parameters:
  ///   - count: The number of patches.
  ///   - patchSize: Their size along x, y and z.
  ///   - modalities: The number of modalities.
  init(count: Int, patchSize: [Int], modalities: Int, filledBy fill: Filling) {
    let voxels = patchSize.reduce(1, *)
    var classes = [UInt8](repeating: 0, count: count * voxels)
    var images: [[Float]] = []
    var isPresent = [[Bool]](repeating: [], count: modalities)
    func add(_ starts: [UnsafeMutablePointer<Float>], _ labels: UnsafeMutablePointer<UInt8>) {
      guard starts.count == modalities else {
        let image = [Float](unsafeUninitializedCapacity: count * voxels) { buffer, initialized in
          if let start = buffer.baseAddress { add(starts + [start], labels) }
          initialized = count * voxels
        }
        images.append(image)
        return
      }
      for index in 0..<count {
        let shown = fill(index, starts.map { $0 + index * voxels }, labels + index * voxels)
        for (modality, isShown) in shown.enumerated() { isPresent[modality].append(isShown) }
      }
    }
    classes.withUnsafeMutableBufferPointer { buffer in
      if let labels = buffer.baseAddress { add([], labels) }
    }
    self.init(
      count: count, shape: patchSize.reversed(), images: images.reversed(), classes: classes,
      presence: Presence(isPresent))
  }
}
