import Foundation
import Testing
import Torch

@testable import Networks

struct AttentionTests {
  @Test func aQueryGathersValuesByItsScoresByHand() throws {
    // Scores 0 and ln 3 after the division by √1: shares 1/4 and 3/4.
    let gathered = try Attention.gather(
      queries: Tensor([1.0], shape: [1, 1, 1]),
      keys: Tensor([0, Foundation.log(3.0)], shape: [1, 2, 1]),
      values: Tensor([8.0, 4], shape: [1, 2, 1]), bar: nil)
    #expect(abs(try gathered.item() - 5) < 1e-12)
  }

  @Test func scoresAreDividedByTheRootOfTheChannels() throws {
    let nine = Foundation.log(9.0)
    // The products 2 · ln 9 are divided by √4: shares 1/10 and 9/10.
    let gathered = try Attention.gather(
      queries: Tensor([1.0, 1, 0, 0], shape: [1, 1, 4]),
      keys: Tensor([0, 0, 5, 5, nine, nine, 5, 5], shape: [1, 2, 4]),
      values: Tensor([0.0, 0, 0, 0, 10, 20, 30, 40], shape: [1, 2, 4]), bar: nil)
    let found = try gathered.doubles()
    #expect(zip(found, [9, 18, 27, 36]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func whatIsBarredHasNoShareAtAll() throws {
    let gathered = try Attention.gather(
      queries: Tensor([1.0], shape: [1, 1, 1]), keys: Tensor([0.0, 50], shape: [1, 2, 1]),
      values: Tensor([8.0, .greatestFiniteMagnitude], shape: [1, 2, 1]),
      bar: [0, Bar.score])
    #expect(try gathered.item() == 8)
  }
}
