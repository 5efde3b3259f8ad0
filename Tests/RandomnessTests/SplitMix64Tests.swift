import Randomness
import Testing

struct SplitMix64Tests {
  /// The first numbers of the stream 1234567, as the algorithm's public test vectors give them.
  @Test func agreesWithThePublishedSequence() {
    var generator = SplitMix64(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func streamsOfOneSeedDiffer() {
    let firsts = (UInt64(0)..<1000).map { stream in
      var generator = SplitMix64(seed: 1, stream: stream)
      return generator.next()
    }
    #expect(Set(firsts).count == 1000)
  }

  @Test func seedsDifferInTheSameStream() {
    var first = SplitMix64(seed: 1, stream: 5)
    var second = SplitMix64(seed: 2, stream: 5)
    let numbers = (first.next(), second.next())
    #expect(numbers.0 != numbers.1)
  }
}
