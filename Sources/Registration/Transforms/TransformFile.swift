public import Foundation
internal import Imaging

/// Transforms as files: JSON of Chiasm's own, and the text that ITK, SimpleITK and 3D Slicer read.
public enum TransformFile {
  /// The greatest length of a transform file in bytes; a true one has about a thousand.
  private static let longest = 1 << 20

  /// Reads a transform that was written as JSON.
  ///
  /// - Throws: ``RegistrationError/badTransform(path:problem:)`` with what is wrong.
  public static func read(_ path: String) throws(RegistrationError) -> SpatialTransform {
    let data: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      data = try file.read(upToCount: longest + 1) ?? Data()
      try file.close()
    } catch {
      throw .badTransform(
        path: path, problem: "it cannot be read (\(ImagingError.reason(of: error)))")
    }
    guard data.count <= longest else {
      throw .badTransform(path: path, problem: "it is longer than a transform can be")
    }
    do {
      return try StrictJSON.decode(TransformRecord.self, from: data).transform()
    } catch let fault as TransformFault {
      throw .badTransform(path: path, problem: fault.problem)
    } catch {
      throw .badTransform(path: path, problem: ImagingError.reason(of: error))
    }
  }

  /// The JSON of a transform.
  public static func json(_ transform: SpatialTransform) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(TransformRecord(transform))
  }

  /// The text of an ITK transform: an affine map in LPS+ millimetres, fixed to moving, as
  /// `sitk.ReadTransform` and `sitk.Resample` take it.
  public static func itk(_ transform: SpatialTransform) -> String {
    let map = transform.map
    let signs: [Double] = [-1, -1, 1]
    let matrix = (0..<9).map { index in
      let (row, column) = (index / 3, index % 3)
      return signs[row] * signs[column] * [map.x, map.y, map.z][column][row]
    }
    let shift = (0..<3).map { signs[$0] * map.offset[$0] }
    // A swift description of a double is the shortest text that reads as the same double.
    let numbers = (matrix + shift).map { "\($0 == 0 ? 0 : $0)" }.joined(separator: " ")
    return """
      #Insight Transform File V1.0
      #Transform 0
      Transform: AffineTransform_double_3_3
      Parameters: \(numbers)
      FixedParameters: 0 0 0

      """
  }
}
