import Foundation
import Testing

/// The commands of the README are run as they stand, on fewer and smaller patients.
struct ReadmeTests {
  /// The lines of the README's shell blocks that call the program.
  private func commands() throws -> [String] {
    let text = try String(contentsOfFile: packageRoot + "/README.md", encoding: .utf8)
    var commands: [String] = []
    var isShell = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isShell = line == "```sh"
      } else if isShell, line.hasPrefix("chiasm ") || commands.last?.hasSuffix("\\") == true {
        commands.append(String(line))
      }
    }
    return commands
  }

  @Test func everyCommandOfTheReadmeRuns() throws {
    let commands = try commands()
    #expect(commands.filter { $0.hasPrefix("chiasm ") }.count >= 6)
    try withFolder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/pipelines", withDestinationPath: packageRoot + "/pipelines")
      let small = commands.joined(separator: "\n")
        .replacing("--cases 24 --size 48", with: "--cases 6 --size 24")
        .replacing("pipelines/demo.json", with: "pipelines/smoke.json")
      let program = try KillTests.program().path
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.arguments = ["-e", "-c", "chiasm() { '\(program)' \"$@\"; }\n" + small]
      shell.currentDirectoryURL = URL(fileURLWithPath: folder)
      let output = Pipe()
      shell.standardOutput = output
      shell.standardError = output
      shell.standardInput = FileHandle.nullDevice
      try shell.run()
      let printed = output.fileHandleForReading.readDataToEndOfFile()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 0, "\(String(decoding: printed, as: UTF8.self))")
    }
  }
}
