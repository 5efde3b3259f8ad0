import Foundation
import Testing
import Training

struct SafetensorsTests {
  private let file = Safetensors(
    arrays: [
      "b": .init(shape: [2, 2], values: [1, -2.5, 3, 4]),
      "a.weight": .init(shape: [3], values: [0.1, 0.2, 0.3]),
      "empty": .init(shape: [0], values: []),
    ], metadata: ["epochs": "7"])

  @Test func survivesARoundTrip() throws {
    #expect(try Safetensors(file.encoded(), path: "x") == file)
  }

  /// Bytes written by the safetensors library 0.8.0 for {"x": float32 [[1, 2], [3, 4]]}.
  @Test func readsWhatTheLibraryWrites() throws {
    let header = #"{"x":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}       "#
    var data = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0])
    data.append(Data(header.utf8))
    data.append(contentsOf: [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64])
    let read = try Safetensors(data, path: "x")
    #expect(read.arrays["x"] == .init(shape: [2, 2], values: [1, 2, 3, 4]))
  }

  @Test func theHeaderEndsOnAMultipleOfEight() throws {
    let data = try file.encoded()
    let length = data.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    #expect(length % 8 == 0)
  }

  @Test(arguments: [
    (Data(), "x: the weights do not fit: the file is empty."),
    (
      Data([255, 255, 255, 255, 255, 255, 255, 127]),
      "x: the weights do not fit: the header claims 9223372036854775807 bytes."
    ),
    (Data([2, 0, 0, 0, 0, 0, 0, 0, 91, 91]), "x: the weights do not fit: the header is not JSON."),
  ])
  func refusesABrokenHeader(data: Data, message: String) {
    let error = #expect(throws: TrainingError.self) { try Safetensors(data, path: "x") }
    #expect(error?.description.hasPrefix(message) == true)
  }

  @Test(arguments: [
    #"{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
    #"{"x":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}"#,
    #"{"x":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}"#,
    #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
  ])
  func refusesArraysThatTheFileDoesNotHold(header: String) {
    var data = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0])
    data.append(Data(header.utf8))
    data.append(contentsOf: [0, 0, 0, 0, 0, 0, 0, 0])
    let error = #expect(throws: TrainingError.self) { try Safetensors(data, path: "x") }
    #expect(
      error == .badWeights(path: "x", problem: "'x' claims bytes that the file does not have"))
  }
}
