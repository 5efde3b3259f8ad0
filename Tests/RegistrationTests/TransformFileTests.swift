import Foundation
import Imaging
import TestSupport
import Testing

@testable import Registration

struct TransformFileTests {
  static let transform = SpatialTransform(
    model: .rigid, map: Fixtures.moved,
    fixed: .init(scan: "a/mr.nii.gz", geometry: Fixtures.grid(20)),
    moving: .init(scan: "b/us.nii.gz", geometry: Fixtures.grid(16)))

  @Test func whatIsWrittenIsReadAgain() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.json"
      try TransformFile.json(Self.transform).write(to: URL(fileURLWithPath: path))
      let read = try TransformFile.read(path)
      #expect(read.map == Self.transform.map && read.model == .rigid)
      #expect(read.fixed.scan == "mr.nii.gz" && read.moving.scan == "us.nii.gz")
      #expect(read.fixed.geometry.agrees(with: Fixtures.grid(20)))
    }
  }

  /// ITK's axes point left and posterior, so a shift of 2 mm to the right is -2 there.
  @Test func itkHasTheMapInItsOwnAxes() {
    let map = AffineMap(x: [1, 0.5, 0], y: [0, 1, 0.25], z: [0, 0, 1], offset: [2, -3, 4])
    let transform = SpatialTransform(
      model: .affine, map: map, fixed: Self.transform.fixed, moving: Self.transform.moving)
    #expect(
      TransformFile.itk(transform) == """
        #Insight Transform File V1.0
        #Transform 0
        Transform: AffineTransform_double_3_3
        Parameters: 1.0 0.0 0.0 0.5 1.0 0.0 0.0 -0.25 1.0 -2.0 3.0 4.0
        FixedParameters: 0 0 0

        """)
  }

  /// What is done to a good file, and what is said of it.
  @Test(arguments: [
    ("\"rigid\"", "\"elastic\"", "\"model\" is \"elastic\" and none of rigid, similarity, affine"),
    ("chiasm transform 1", "other", "\"format\" is \"other\" and not \"chiasm transform 1\""),
    ("RAS+", "LPS+", "\"space\" is \"LPS+ millimetres\" and not \"RAS+ millimetres\""),
    ("\"space\"", "\"place\"", "no key 'space'"),
    ("\"scan\"", "\"scam\"", "no key 'scan' in from"),
    (
      "\"space\"", "\"unit\": 1, \"space\"",
      "'unit' is no key; known are format, from, matrix, model, space, to"
    ),
    (
      "\"scan\"", "\"unit\": 1, \"scan\"",
      "'unit' is no key of from; known are affine, scan, size"
    ),
    ("\"rigid\"", "1", "model: Expected to decode String but found number instead."),
  ])
  func whatIsNoTransformIsRefused(old: String, new: String, problem: String) throws {
    let text = String(decoding: try TransformFile.json(Self.transform), as: UTF8.self)
    #expect(text.contains(old))
    try refused(text.replacingOccurrences(of: old, with: new), problem)
  }

  @Test(arguments: [
    ([[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]], "\"matrix\" is singular"),
    (
      [[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]],
      "the last row of \"matrix\" is not 0, 0, 0, 1"
    ),
    (
      [[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], "\"matrix\" is not four rows of four numbers"
    ),
    (
      [[1.0, 0, 0, 1e9], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
      "\"matrix\" has a number that is not finite or beyond 10 km"
    ),
    ([[-1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], "\"matrix\" is a mirror"),
    (
      [[1.1, 0, 0, 0], [0, 1.1, 0, 0], [0, 0, 1.1, 0], [0, 0, 0, 1]],
      "\"matrix\" changes lengths, which a rigid map does not"
    ),
    (
      [[1, 0.1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
      "\"matrix\" has axes of other lengths and angles than a rigid map's"
    ),
  ])
  func aMatrixThatCannotBeIsRefused(matrix: [[Double]], problem: String) throws {
    let data = try TransformFile.json(Self.transform)
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    object["matrix"] = matrix
    let changed = try JSONSerialization.data(withJSONObject: object)
    try refused(String(decoding: changed, as: UTF8.self), problem)
  }

  private func refused(_ text: String, _ problem: String?) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.json"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: RegistrationError.self) { try TransformFile.read(path) }
      if let problem {
        #expect(
          error?.description
            == "\(path) is not a transform: \(problem). Make it again with --save-transform.")
      }
    }
  }

  @Test(arguments: ["", "[", "{\"format\": \"chia"])
  func aFileThatEndsTooSoonIsNoJSON(text: String) throws {
    try refused(
      text, "it is not JSON, or a number in it is not of the kind that is needed there")
  }

  @Test func aFileThatIsNotThereIsNamed() {
    let error = #expect(throws: RegistrationError.self) { try TransformFile.read("/none/t.json") }
    #expect(
      error?.description
        == "/none/t.json is not a transform: it cannot be read (No such file or directory). "
        + "Make it again with --save-transform.")
  }

  @Test(arguments: ["1e999", "NaN", "null"])
  func numbersThatAreNotFiniteAreRefused(number: String) throws {
    let text = String(decoding: try TransformFile.json(Self.transform), as: UTF8.self)
    let place = try #require(text.range(of: "\"matrix\" : [\n    [\n      "))
    let end = try #require(text.range(of: ",", range: place.upperBound..<text.endIndex))
    try refused(
      text.replacingCharacters(in: place.upperBound..<end.lowerBound, with: number), nil)
  }
}
