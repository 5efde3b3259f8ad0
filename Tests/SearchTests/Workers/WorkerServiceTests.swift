import Architecture
import Foundation
import Randomness
import Testing

@testable import Search

struct WorkerServiceTests {
  @Test func answersEveryLineUntilTheEnd() throws {
    let space = NASBench201Space()
    var generator = SplitMix64(seed: 3)
    let tasks = (1...3).map { number in
      SearchTask(
        number: number, candidate: space.sample(using: &generator),
        effort: Effort(share: number == 2 ? 0.5 : 1))
    }
    let (input, output) = (Pipe(), Pipe())
    for task in tasks {
      let line = try JSONEncoder().encode(task) + Data("\n".utf8)
      try input.fileHandleForWriting.write(contentsOf: line)
    }
    try input.fileHandleForWriting.close()
    var service = WorkerService(
      estimator: NoisyTarget(in: space), input: input.fileHandleForReading,
      output: output.fileHandleForWriting)
    try service(onEnd: {})
    try output.fileHandleForWriting.close()
    let lines = try output.fileHandleForReading.readToEnd() ?? Data()
    let trials = try lines.split(separator: 0x0A).map {
      try JSONDecoder().decode(Trial<NASBench201Cell>.self, from: Data($0))
    }
    #expect(trials.map(\.number) == [1, 2, 3])
    #expect(trials.map(\.genotype) == tasks.map(\.candidate))
    #expect(trials.map(\.share) == [1, 0.5, 1])
  }
}
