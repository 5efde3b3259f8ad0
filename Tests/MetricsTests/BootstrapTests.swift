import Metrics
import Randomness
import Testing

struct BootstrapTests {
  private let numbers: [Double] = {
    var generator = SplitMix64(seed: 6)
    return (0..<100).map { _ in generator.normal(mean: 5, deviation: 2) }
  }()

  @Test func aSeedNamesAnInterval() {
    let interval = Bootstrap(seed: 3).interval(ofMean: numbers)
    #expect(interval == Bootstrap(seed: 3).interval(ofMean: numbers))
    #expect(interval != Bootstrap(seed: 4).interval(ofMean: numbers))
  }

  /// The mean of 100 numbers with deviation 2 deviates by 0.2; 95 % lie within 1.96 times that.
  @Test func theIntervalIsAsWideAsTheory() {
    let interval = Bootstrap().interval(ofMean: numbers)
    let mean = numbers.reduce(0, +) / 100
    #expect(interval.contains(mean))
    #expect(abs(interval.upperBound - interval.lowerBound - 2 * 1.96 * 0.2) < 0.12)
  }

  @Test func equalNumbersAreSure() {
    #expect(Bootstrap().interval(ofMean: [0.1, 0.1, 0.1]) == 0.1...0.1)
  }

  /// The median of 100 numbers with deviation 2 deviates by 0.25, half a pi's root more than the mean.
  @Test func otherStatisticsHaveIntervalsToo() {
    let interval = Bootstrap().interval(of: { $0.sorted()[$0.count / 2] }, over: numbers)
    #expect(interval.contains(numbers.sorted()[50]))
    #expect((0.5...1.6).contains(interval.upperBound - interval.lowerBound))
    #expect(Bootstrap().interval(of: { $0.reduce(0, +) }, over: [2, 2]) == 2...2)
  }
}
