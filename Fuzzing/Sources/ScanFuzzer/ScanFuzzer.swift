import CFuzzer
import Foundation
import Imaging

/// libFuzzer over one of the readers of scans: `ScanFuzzer READER [libFuzzer's options and folders]`,
/// or `ScanFuzzer READER seeds FOLDER`, which writes the files to begin with.
///
/// An input is a whole file. Whatever it holds, reading must end with a scan or with an error that
/// names the file; a crash, a hang and memory beyond the limit are libFuzzer's to report.
@main
enum ScanFuzzer {
  /// The name that the file gets, which picks the reader where the bytes do not.
  nonisolated(unsafe) private static var path = ""
  nonisolated(unsafe) private static var folder = ""

  /// How the inputs of a reader are called, so that its errors and not another's are met.
  private static let names = [
    "NIfTI": "a.nii", "gzip": "a.nii.gz", "MetaImage": "a.mha", "NRRD": "a.nrrd", "PNG": "a.png",
    "DICOM": "a.dcm",
  ]

  static func main() throws {
    let words = CommandLine.arguments
    guard words.count > 1, let name = names[words[1]] else {
      throw UsageError(readers: names.keys.sorted())
    }
    if words.count == 4, words[2] == "seeds" {
      try Seeds.write(for: words[1], to: words[3])
      return
    }
    // Files in memory: nothing is written to a disk a thousand times a second.
    folder = "/dev/shm/chiasm-fuzz-\(words[1])-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(atPath: folder) }
    path = folder + "/" + name
    exit(run([words[0]] + words.dropFirst(2)))
  }

  private static func run(_ words: [String]) -> Int32 {
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var count = Int32(words.count)
    return pointers.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      return LLVMFuzzerRunDriver(&count, &start) { bytes, size in
        ScanFuzzer.test(UnsafeRawBufferPointer(start: bytes, count: size))
        return 0
      }
    }
  }

  /// Reads one input in every way that there is.
  private static func test(_ bytes: UnsafeRawBufferPointer) {
    store(bytes)
    do {
      let reader = try ScanFile.open(path)
      let frame = min(1, reader.frames - 1)
      let stored = try reader.read(frame: frame)
      _ = stored.summary
      precondition(stored.volume.voxels.count == reader.geometry.voxelCount)
      _ = try reader.readLabels(frame: 0)
    } catch {
      // The file itself, or one that it names beside it.
      precondition(error.description.contains(folder), "\(error) does not name the file")
    }
  }

  private static func store(_ bytes: UnsafeRawBufferPointer) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(file >= 0 && write(file, bytes.baseAddress, bytes.count) == bytes.count)
    close(file)
  }
}

/// What is said when no reader is named.
private struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(readers: [String]) {
    description = "usage: ScanFuzzer \(readers.joined(separator: "|")) seeds FOLDER | [OPTIONS]"
  }
}
