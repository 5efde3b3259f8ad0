import Randomness
import TestSupport
import Testing

@testable import Networks

struct BoltzmannScheduleTests {
  @Test func everyEpochUsesEverySampleOnce() {
    var generator = SplitMix64(seed: 1)
    let steps = BoltzmannSchedule(epochs: 2, batchSize: 3, learningRate: 0.6)
      .steps(samples: 7, using: &generator)
    #expect(steps.map(\.samples.count) == [3, 3, 1, 3, 3, 1])
    #expect(steps[0..<3].flatMap(\.samples).sorted() == Array(0..<7))
    #expect(steps[3..<6].flatMap(\.samples).sorted() == Array(0..<7))
    expectClose(steps.map(\.rate), [0.6, 0.5, 0.4, 0.3, 0.2, 0.1], within: 1e-15)
  }
}
