import NetworkTestSupport
import Testing
import Torch

@testable import Networks

struct WindowPartitionTests {
  @Test func aWindowHoldsTheVoxelsOfItsCube() throws {
    // Two by four by two voxels in cubes of two: two windows, the second from the third row on.
    let windows = WindowPartition(of: [1, 1, 2, 4, 2], edge: 2)
    let numbers = (0..<16).map(Double.init)
    let split = try windows.split(Tensor(numbers, shape: [1, 1, 2, 4, 2]))
    #expect(split.shape == [2, 8, 1])
    #expect(
      try split.doubles() == [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15])
    #expect(windows.bar(present: [[true]]) == nil)
  }

  @Test(arguments: [[2, 3, 4, 4, 8], [1, 2, 5, 4, 3], [3, 1, 1, 9, 2]])
  func joiningUndoesSplitting(shape: [Int]) throws {
    let windows = WindowPartition(of: shape, edge: 4)
    let image = try image(2, shape)
    let back = try windows.joined(windows.split(image))
    #expect(back.shape == shape)
    #expect(try back.doubles() == image.doubles())
  }

  @Test func fillingAndAbsentModalitiesAreBarred() {
    // Three voxels in windows of two: one place of the second window lies outside.
    let windows = WindowPartition(of: [2, 1, 1, 1, 3], edge: 2)
    let bar = windows.bar(present: [[true, true], [true, false]])
    let never = Bar.score
    let outside = Array(repeating: never, count: 6)
    // Of each cube of eight places only the first two, or one, are voxels of the flat image.
    let whole = [0, 0] + outside
    let half = [0, never] + outside
    let none = Array(repeating: never, count: 8)
    #expect(bar == whole + whole + half + half + whole + none + half + none)
  }
}
