import Testing

@testable import Networks

struct BoltzmannMachineConnectionTests {
  /// Two units below three.
  private let connection = BoltzmannMachine.Connection(0, 1, weights: [1, 2, 3, 4, 5, 6])

  @Test func sumsUpwards() {
    var sums = [10.0, 20, 30]
    connection.addUpward([1, -1], times: 2, to: &sums)
    #expect(sums == [4, 14, 24])
  }

  @Test func sumsDownwards() {
    var sums = [10.0, 20]
    connection.addDownward([1, 0, -1], times: 2, to: &sums)
    #expect(sums == [6, 16])
  }

  @Test func productByHand() {
    // 1·(1·7 + 3·9) + 2·(4·7 + 6·9) = 34 + 164
    #expect(connection.product([1, 2], [7, 0, 9]) == 198)
  }
}
