internal import CTorch

/// Where a tensor's numbers live.
public enum Device: Hashable, Sendable {
  case cpu

  /// A CUDA device by its number, from 0.
  case cuda(Int)

  /// Reads `cpu`, `cuda` (the first one) or `cuda:N`.
  ///
  /// - Throws: ``TorchError`` when the text is none of these. Whether the device exists is not
  ///   asked here; ``TorchRuntime/isCUDAAvailable`` tells.
  public init(parsing text: String) throws(TorchError) {
    if text == "cpu" {
      self = .cpu
    } else if text == "cuda" {
      self = .cuda(0)
    } else if text.hasPrefix("cuda:"), let number = UInt8(text.dropFirst(5)), number < 128 {
      self = .cuda(Int(number))
    } else {
      throw TorchError(
        operation: "reading the device \"\(text)\"",
        reason: "a device is cpu, cuda or cuda:N with N from 0 to 127")
    }
  }

  /// The number by which CTorch knows the device.
  var number: Int32 {
    switch self {
    case .cpu: Int32(CTORCH_CPU)
    case .cuda(let number): Int32(number)
    }
  }

  /// The device that CTorch knows by `number`.
  init(number: Int32) {
    self = number == Int32(CTORCH_CPU) ? .cpu : .cuda(Int(number))
  }
}

extension Device: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let number): "cuda:\(number)"
    }
  }
}
