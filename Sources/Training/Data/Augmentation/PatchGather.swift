internal import CKernels
import Imaging

/// Reads a patch out of a case, transformed, padded with zeros where it leaves the case.
///
/// Images are interpolated trilinearly. Of the classes the one wins that has the largest trilinear
/// weight, and the nearest voxel's where two tie, as in nnU-Net. A patch that is at most mirrored is
/// copied.
struct PatchGather {
  let transform: SpatialTransform

  /// The patch along x, y and z.
  let patchSize: [Int]

  /// Fills a patch per modality, and the classes.
  ///
  /// - Parameters:
  ///   - images: Per modality the case's voxels, `nil` where it is missing: then the patch is zero.
  ///   - patches: Per modality room for a patch.
  ///   - labels: Room for a patch; not touched when there are no classes.
  func read(
    _ images: [[Float]?], classes: [UInt8]?, of geometry: Geometry,
    into patches: [UnsafeMutablePointer<Float>], labels: UnsafeMutablePointer<UInt8>
  ) {
    let size = [geometry.size.x, geometry.size.y, geometry.size.z]
    var placement = transform.placement(patchSize: patchSize, spacing: geometry.spacing)
    let targets = patches.map { Optional($0) }
    Self.withPointers(to: images) { volumes in
      Self.withPointer(to: classes) { classes in
        Kernels.succeed(
          ckernels_sample(
            targets, classes == nil ? nil : labels, Kernels.size(patchSize), volumes, classes,
            Int64(images.count), Kernels.size(size), &placement))
      }
    }
  }

  private static func withPointer(
    to classes: [UInt8]?, _ body: (UnsafePointer<UInt8>?) -> Void
  ) {
    guard let classes else { return body(nil) }
    classes.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  /// Calls `body` with a pointer to each of `images`.
  private static func withPointers(
    to images: [[Float]?], _ body: ([UnsafePointer<Float>?]) -> Void
  ) {
    func add(_ pointers: [UnsafePointer<Float>?]) {
      guard pointers.count < images.count else { return body(pointers) }
      guard let image = images[pointers.count] else { return add(pointers + [nil]) }
      image.withUnsafeBufferPointer { add(pointers + [$0.baseAddress]) }
    }
    add([])
  }
}
