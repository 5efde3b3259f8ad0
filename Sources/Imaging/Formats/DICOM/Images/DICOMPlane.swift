/// Where a picture lies in the patient.
struct DICOMPlane: Hashable {
  /// The centre of the first pixel; millimetres, RAS+.
  let position: SIMD3<Double>

  /// Where columns and rows grow, as unit vectors at right angles; RAS+.
  let right: SIMD3<Double>
  let down: SIMD3<Double>

  /// The vector that looks along the stack: right × down.
  var normal: SIMD3<Double> { right.crossed(with: down) }

  /// How far along the normal the picture lies, in millimetres.
  var height: Double { (position * normal).sum() }

  /// Takes a position and two directions as DICOM gives them, in LPS+.
  ///
  /// Directions are rounded in most files, so they are made unit vectors at right angles; `nil` when
  /// that would change them by more than a hundredth.
  init?(position: SIMD3<Double>, orientation: [Double]) {
    guard orientation.count == 6 else { return nil }
    let right = SIMD3(orientation[0], orientation[1], orientation[2])
    let down = SIMD3(orientation[3], orientation[4], orientation[5])
    guard abs(right.length - 1) < 0.01, abs(down.length - 1) < 0.01 else { return nil }
    let unit = right / right.length
    let slant = (down * unit).sum()
    guard abs(slant) < 0.01 else { return nil }
    let square = down - unit * slant
    let flip: SIMD3<Double> = [-1, -1, 1]
    self.position = position * flip
    self.right = unit * flip
    self.down = square / square.length * flip
  }

  private init(position: SIMD3<Double>, right: SIMD3<Double>, down: SIMD3<Double>) {
    (self.position, self.right, self.down) = (position, right, down)
  }

  /// The same picture elsewhere; the shift is in millimetres, RAS+.
  func moved(by shift: SIMD3<Double>) -> DICOMPlane {
    DICOMPlane(position: position + shift, right: right, down: down)
  }

  /// Whether two pictures look the same way, within a thousandth.
  func isParallel(to other: DICOMPlane) -> Bool {
    (right - other.right).length < 1e-3 && (down - other.down).length < 1e-3
  }
}
