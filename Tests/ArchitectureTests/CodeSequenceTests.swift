import Architecture
import Testing

struct CodeSequenceTests {
  @Test(arguments: [[1], [7], [2, 2], [4, 3], [5, 5, 5], [1, 6, 1], [4, 4, 3, 4, 4, 4, 3]])
  func everyCodeComesOnce(places: [Int]) {
    let codes = Array(CodeSequence(places: places))
    #expect(codes.count == places.reduce(1, *))
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { zip($0, places).allSatisfy { (0..<$1).contains($0) } })
  }

  // The golden section of 1000 is 618, and 621 the first after it without a factor 2 or 5.
  @Test func stepsByTheGoldenSection() {
    let codes = CodeSequence(places: [10, 10, 10]).prefix(4)
    #expect(Array(codes) == [[0, 0, 0], [6, 1, 9], [2, 3, 8], [8, 5, 7]])
  }

  @Test func theFirstFewAreSpread() {
    let firstPlaces = CodeSequence(places: [8, 5, 5, 5]).prefix(8).map { $0[0] }
    #expect(Set(firstPlaces).count >= 7)
  }

  @Test func thereMayBeMoreCodesThanAnIntegerCounts() {
    let codes = Array(CodeSequence(places: Array(repeating: 4, count: 100)).prefix(500))
    #expect(Set(codes).count == 500)
  }
}
