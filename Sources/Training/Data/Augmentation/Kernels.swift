internal import CKernels

/// How the kernels are called.
enum Kernels {
  /// Stops where a kernel refuses what it is given, which only a mistake of this module can bring
  /// about.
  static func succeed(_ status: Int32) {
    precondition(status == 0, String(cString: ckernels_last_error()))
  }

  static func size(_ size: [Int]) -> ckernels_size {
    ckernels_size(x: Int64(size[0]), y: Int64(size[1]), z: Int64(size[2]))
  }
}
