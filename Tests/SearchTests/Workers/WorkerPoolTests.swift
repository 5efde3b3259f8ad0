import Architecture
import Foundation
import Randomness
import Testing

@testable import Search

struct WorkerPoolTests {
  /// A shell that answers every task with a Dice of 0.5, once `before` is through with `$line`.
  private func shell(_ before: String) -> WorkerCommand {
    let answer =
      #"s/^\{"candidate":("[^"]*"),"effort":\{[^}]*\},"number":([0-9]+)\}$/"#
      + #"{"genotype":\1,"number":\2,"estimate":{"dice":0.5,"diceByLabel":{},"#
      + #""parameters":1,"multiplyAdds":1,"seconds":1}}/"#
    let script = """
      while read -r line; do
        \(before)
        printf '%s\\n' "$line" | sed -E '\(answer)'
      done
      """
    return WorkerCommand(
      executable: URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", script])
  }

  private func run(
    _ command: WorkerCommand, count: Int = 2, trials: Int = 8
  ) throws -> [Trial<NASBench201Cell>] {
    let space = NASBench201Space()
    var scheduler = FullEffort<NASBench201Cell>(
      RandomSearch(in: space, using: SplitMix64(seed: 4)))
    var pool = try WorkerPool<NASBench201Cell>(count: count, command: command)
    defer { pool.close() }
    var loop = SearchLoop<NASBench201Cell>(budget: .trials(trials), finished: [])
    var found: [Trial<NASBench201Cell>] = []
    try loop.run(&scheduler, &pool) { found.append($0) }
    return found
  }

  @Test(arguments: [1, 2, 5])
  func allTrialsAreAnsweredInOrder(count: Int) throws {
    let trials = try run(shell(":"), count: count)
    #expect(trials.map(\.number) == Array(1...8))
    #expect(trials.allSatisfy { $0.estimate?.dice == 0.5 })
  }

  // The second trial takes longer than those after it.
  @Test func aSlowTrialHoldsTheOrder() throws {
    let trials = try run(shell(#"case "$line" in *'"number":2}') sleep 0.3;; esac"#))
    #expect(trials.map(\.number) == Array(1...8))
    #expect(trials.allSatisfy { $0.estimate != nil })
  }

  @Test func aKilledProcessFailsItsTrialOnly() throws {
    let trials = try run(shell(#"case "$line" in *'"number":3}') kill -9 $$;; esac"#))
    #expect(trials.map(\.number) == Array(1...8))
    #expect(trials.filter { $0.failure != nil }.map(\.number) == [3])
    #expect(
      trials[2].failure
        == "The worker process gave no estimate: it was ended by signal 9, perhaps because the "
        + "memory was used up.")
  }

  @Test func aKilledProcessHasTakenItsTime() throws {
    let trials = try run(
      shell(#"case "$line" in *'"number":3}') sleep 0.3; kill -9 $$;; esac"#))
    #expect(trials[2].seconds >= 0.3)
  }

  // Two that die leave the other trials to as many processes as before: each waits for another's file.
  @Test func aProcessIsHiredInPlaceOfADeadOne() throws {
    let trials = try run(
      shell(
        #"case "$line" in *'"number":1}') kill -9 $$;; esac; "#
          + #"echo $$ >> "/tmp/chiasm-hired-$PPID""#), count: 2, trials: 12)
    #expect(trials.dropFirst().allSatisfy { $0.estimate != nil })
    let path = "/tmp/chiasm-hired-\(ProcessInfo.processInfo.processIdentifier)"
    defer { unlink(path) }
    let answered = try String(contentsOfFile: path, encoding: .utf8)
    #expect(Set(answered.split(separator: "\n")).count == 2)
  }

  @Test func processesThatAlwaysDieFailEveryTrial() throws {
    let trials = try run(shell("exit 7"), trials: 3)
    #expect(
      trials.map(\.failure)
        == Array(
          repeating: "The worker process gave no estimate: it ended with status 7.", count: 3))
  }

  @Test func anAnswerThatIsNoneIsAFailure() throws {
    let trials = try run(shell("echo nonsense; continue"), trials: 2)
    #expect(trials.allSatisfy { $0.failure != nil })
  }

  @Test func aProgramThatIsNotThereIsAnError() {
    let command = WorkerCommand(
      executable: URL(fileURLWithPath: "/nowhere/chiasm"), arguments: [])
    #expect(throws: (any Error).self) { try run(command) }
  }
}
