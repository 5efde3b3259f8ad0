import Testing
import Torch

struct StatisticsAxisTests {
  private func axis(_ length: Int, _ window: Double, step: Double = 0.25) -> StatisticsAxis {
    StatisticsAxis(length: length, window: window, step: step, deviation: 0.25)
  }

  @Test func aPatchIsFourTilesAndWindowsBeginWithEveryTile() {
    let axis = axis(48, 32)
    #expect(axis.edges == [0, 8, 16, 24, 32, 40, 48])
    #expect(axis.window == 4 && axis.tiles == 6)
  }

  @Test func anAxisNoLongerThanAPatchHasOneWindow() {
    for length in [1, 5, 8, 31, 32] {
      let axis = axis(length, 32)
      #expect(axis.window == axis.tiles, "\(length) voxels")
    }
  }

  @Test func tilesOfACoarseLevelAreAVoxelAtLeast() {
    let axis = axis(6, 2)
    #expect(axis.edges == [0, 1, 2, 3, 4, 5, 6])
    #expect(axis.window == 2)
    #expect(self.axis(3, 0.5).window == 1)
  }

  /// By hand: 3 tiles, windows of 2. The first tile lies in the first window alone, the one in the
  /// middle in both, equally far from their middles.
  @Test func theWindowsThatHoldATileShareIt() {
    let axis = axis(12, 8, step: 0.5)
    #expect(axis.edges == [0, 4, 8, 12])
    #expect(axis.weights == [0, 1, 0.5, 0.5, 1, 0])
  }

  @Test(arguments: [(7, 3.0), (40, 32.0), (100, 13.0), (64, 64.0), (65, 16.0)])
  func edgesRiseAndSharesAddUpToOne(length: Int, window: Double) {
    let axis = axis(length, window)
    #expect(axis.edges.first == 0 && axis.edges.last == length)
    #expect(zip(axis.edges, axis.edges.dropFirst()).allSatisfy { $0 < $1 })
    for tile in 0..<axis.tiles {
      let shares = axis.weights[tile * axis.window..<(tile + 1) * axis.window]
      #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
      #expect(shares.allSatisfy { $0 >= 0 })
    }
  }
}
