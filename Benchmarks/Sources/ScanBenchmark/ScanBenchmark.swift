import Foundation
import Imaging
import Measuring

/// Reading and writing of `.nii.gz`: `ScanBenchmark read|write FILE [REPETITIONS]`.
///
/// `stored` is the numbers as the file has them, as SimpleITK and nibabel's `dataobj` give them;
/// `float` is float32, as nibabel's `get_fdata` gives them; `labels` is a label map. What is written
/// is on the disk when the clock stops.
@main
enum ScanBenchmark {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count > 2, ["read", "write"].contains(words[1]) else {
      FileHandle.standardError.write(
        Data("usage: ScanBenchmark read|write FILE [REPETITIONS]\n".utf8))
      exit(64)
    }
    let repetitions = words.count > 3 ? Int(words[3]) ?? 5 : 5
    let path = words[2]
    let name = String(URL(fileURLWithPath: path).lastPathComponent.prefix { $0 != "." })
    if words[1] == "read" {
      try read(path, name, repetitions)
    } else {
      try write(path, name, repetitions)
    }
  }

  private static func read(_ path: String, _ name: String, _ repetitions: Int) throws {
    try measure("read/\(name)/chiasm/stored", repetitions) {
      _ = try ScanFile.open(path).read(frame: 0)
    }
    try measure("read/\(name)/chiasm/float", repetitions) { _ = try ScanFile.read(at: path) }
    if name.contains("label") {
      try measure("read/\(name)/chiasm/labels", repetitions) {
        _ = try ScanFile.readLabels(at: path)
      }
    }
  }

  private static func write(_ path: String, _ name: String, _ repetitions: Int) throws {
    let output = FileManager.default.temporaryDirectory.path + "/chiasm-\(getpid()).nii.gz"
    defer { unlink(output) }
    let scan = try ScanFile.open(path)
    let stored = try scan.read(frame: 0)
    try measure("write/\(name)/chiasm", repetitions) {
      try NIfTI.write(stored, to: output, like: scan.header)
    }
  }

  private static func measure(
    _ name: String, _ repetitions: Int, _ work: () throws -> Void
  ) throws {
    print(try Figure(name, repetitions: repetitions, work).line())
  }
}
