import Testing

@testable import Imaging

struct BlockOrderTests {
  @Test(arguments: [0, 1, 2, 7, 64], [1, 2, 3, 16])
  func everyBlockComesOnce(blocks: Int, threads: Int) {
    for isSpread in [false, true] {
      let order = BlockOrder(blocks: blocks, threads: threads, isSpread: isSpread)
      #expect((0..<order.count).compactMap { order[$0] }.sorted() == Array(0..<blocks))
    }
  }

  @Test func spreadThreadsHaveStretchesOfTheirOwn() {
    let order = BlockOrder(blocks: 5, threads: 2, isSpread: true)
    #expect((0..<order.count).map { order[$0] } == [0, 3, 1, 4, 2, nil])
  }

  @Test func otherwiseBlocksComeInTheirOrder() {
    let order = BlockOrder(blocks: 3, threads: 2, isSpread: false)
    #expect((0..<order.count).map { order[$0] } == [0, 1, 2])
  }
}
