import Foundation

/// In which order blocks of rows are computed.
///
/// Threads that write one large page for the first time wait for each other while the system clears it. So
/// each has a stretch of the blocks to itself, where that counts; otherwise they stay together, and share
/// what they read in the cache.
struct BlockOrder {
  /// How many places there are; some may be empty.
  let count: Int
  private let blocks: Int
  private let stretches: Int

  init(blocks: Int, threads: Int?, isSpread: Bool) {
    self.blocks = blocks
    let wanted = isSpread ? threads ?? ProcessInfo.processInfo.activeProcessorCount : 1
    stretches = max(1, min(wanted, blocks))
    count = (blocks + stretches - 1) / stretches * stretches
  }

  /// The block at a place, if there is one.
  subscript(place: Int) -> Int? {
    let block = place % stretches * (count / stretches) + place / stretches
    return block < blocks ? block : nil
  }
}
