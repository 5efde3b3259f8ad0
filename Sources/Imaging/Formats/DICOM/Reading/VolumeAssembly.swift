import Synchronization

/// Puts the decoded pictures of a stack together.
struct VolumeAssembly {
  let stack: DICOMStack

  /// What every value is multiplied by in the end.
  let factor: Double

  /// Decodes one of the stack's volumes, several pictures at a time.
  ///
  /// - Parameter threads: How many threads take part; `nil` for one per core.
  /// - Throws: ``ImagingError``, that of the first picture in order that could not be decoded.
  func volume(_ index: Int, threads: Int?) throws(ImagingError) -> StoredVolume {
    let members = stack.volumes[index]
    let slices = try slices(members, threads)
    let area = stack.geometry.size.x * stack.geometry.size.y
    let isWhole = stack.places.enumerated().allSatisfy { Double($0) == $1 }
    guard !isWhole || stack.places.count != members.count else {
      return StoredVolume(geometry: stack.geometry, type: .float32, bytes: slices)
    }
    let voxels = VoxelBytes(count: area * stack.places.count * MemoryLayout<Float>.stride)
    let (old, new) = (
      slices.memory.bindMemory(to: Float.self), voxels.memory.bindMemory(to: Float.self)
    )
    for (slice, place) in stack.places.enumerated() {
      let below = min(Int(place), members.count - 1)
      let above = min(below + 1, members.count - 1)
      let share = Float(place - Double(below))
      for pixel in 0..<area {
        let (low, high) = (old[below * area + pixel], old[above * area + pixel])
        new[slice * area + pixel] = share == 0 ? low : low + (high - low) * share
      }
    }
    withExtendedLifetime(slices) {}
    return StoredVolume(geometry: stack.geometry, type: .float32, bytes: voxels)
  }

  /// The values of all members as floats, one slice after the other.
  ///
  /// Memory is only touched as pictures are decoded: what a header claims in vain costs none.
  private func slices(
    _ members: [DICOMStack.Member], _ threads: Int?
  ) throws(ImagingError) -> VoxelBytes {
    let area = stack.geometry.size.x * stack.geometry.size.y
    let tasks = Dictionary(grouping: members.indices) { members[$0].image }
      .sorted { $0.key < $1.key }
    let errors = Mutex([Int: ImagingError]())
    let voxels = VoxelBytes(count: area * members.count * MemoryLayout<Float>.stride)
    nonisolated(unsafe) let output = voxels.memory.bindMemory(to: Float.self)
    let decode = { @Sendable (image: Int, pixels: DICOMPixels, member: Int) in
      do throws(ImagingError) {
        let target = UnsafeMutableBufferPointer(
          rebasing: output[(member * area)..<((member + 1) * area)])
        try fill(target, members[member], stack.images[image], pixels)
      } catch {
        errors.withLock { $0[member] = error }
      }
    }
    let open = { @Sendable (image: Int, member: Int) -> DICOMPixels? in
      do throws(ImagingError) {
        return try reopened(stack.images[image])
      } catch {
        errors.withLock { $0[member] = error }
        return nil
      }
    }
    shareOut(tasks.count, threads: threads) { number in
      let (image, list) = tasks[number]
      guard let pixels = open(image, list[0]) else { return }
      // The pictures of a single file are shared out themselves.
      shareOut(list.count, threads: tasks.count == 1 ? threads : 1) {
        decode(image, pixels, list[$0])
      }
    }
    if let first = errors.withLock({ $0 }).min(by: { $0.key < $1.key }) { throw first.value }
    return voxels
  }

  /// Reads the pixels of a file whose header was read before.
  private func reopened(_ image: DICOMImage) throws(ImagingError) -> DICOMPixels {
    let file = try DICOMFile(at: image.path)
    guard try DICOMPixelFormat(file) == image.format else {
      throw .unreadable(path: image.path, reason: "it changed while it was read")
    }
    return try DICOMPixels(file, image.format, count: image.slices.count)
  }

  /// Decodes and scales one picture.
  private func fill(
    _ target: UnsafeMutableBufferPointer<Float>, _ member: DICOMStack.Member, _ image: DICOMImage,
    _ pixels: DICOMPixels
  ) throws(ImagingError) {
    let slice = member.slice
    let grey = try pixels.grey(slice.frame)
    for (pixel, number) in grey.enumerated() {
      let stored = image.table?.value(of: number) ?? number
      target[pixel] = Float((stored * slice.slope + slice.intercept) * factor)
    }
  }
}
