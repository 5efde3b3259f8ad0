import Foundation
import Testing

/// The real program with standard streams that take nothing.
struct StandardStreamTests {
  /// Runs a line of shell in which `chiasm` is the program; what it prints on both streams.
  private func shell(_ line: String) throws -> (status: Int32, printed: String) {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    let program = try KillTests.program().path
    shell.arguments = ["-c", "chiasm() { '\(program)' \"$@\"; }\n" + line]
    let output = Pipe()
    shell.standardOutput = output
    shell.standardError = output
    shell.standardInput = FileHandle.nullDevice
    try shell.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    return (shell.terminationStatus, String(decoding: printed, as: UTF8.self))
  }

  @Test func aFullOutputIsAFailureWithAReason() throws {
    let (status, printed) = try shell("chiasm --help >/dev/full")
    #expect(status == 1)
    #expect(
      printed == "error: standard output cannot be written: No space left on device.\n")
  }

  @Test func aClosedOutputIsAFailureWithAReason() throws {
    let (status, printed) = try shell("chiasm --help >&-")
    #expect(status == 1)
    #expect(printed == "error: standard output cannot be written: Bad file descriptor.\n")
  }

  @Test func errorsThatCannotBePrintedChangeNothing() throws {
    #expect(try shell("chiasm nonsense 2>/dev/full").status == 64)
    #expect(try shell("chiasm nonsense 2>&-").status == 64)
  }

  @Test func aReaderThatHasSeenEnoughNeedsNoExplanation() throws {
    let head = "{ chiasm --help; chiasm --help; } | head -1"
    #expect(
      try shell(head).printed
        == "Chiasm fuses scans of several modalities, searches for the way to fuse them, and "
        + "segments.\n")
    // Where the signal is ignored, the error is all there is.
    let (status, printed) = try shell(
      "trap '' PIPE; { sleep 0.3; chiasm --help; echo $? >&2; } | true")
    #expect(status == 0)
    #expect(printed == "1\n")
  }
}
