import Imaging
import Testing
import Training

struct ScoreMapTests {
  private let grid = Geometry(size: [4, 1, 1], spacing: [1, 1, 1])

  /// Scores of three classes along a row: 0 wins, then 1, then 2, then 1.
  private var map: ScoreMap {
    ScoreMap(
      geometry: grid, classes: 3,
      values: [
        5, 0, 0, 0,
        1, 3, 1, 2,
        0, 0, 4, 1,
      ])
  }

  @Test func theHighestScoreWins() {
    #expect(map.winners() == [0, 1, 2, 1])
  }

  @Test func classesAreWrittenAsTheirLabels() {
    let labels = [Label(name: "liver", value: 6), Label(name: "aorta", value: 820)]
    #expect(map.labelMap(on: grid, labels: labels).voxels == [0, 6, 820, 6])
  }

  @Test func scoresAreInterpolatedBeforeTheyAreCompared() {
    // Half-way between voxels 0 (5, 1, 0) and 1 (0, 3, 0): 2.5 beats 2, so background wins.
    // Three quarters of the way: 1.25 against 2.5.
    let labels = [Label(name: "a", value: 1), Label(name: "b", value: 2)]
    let fine = Geometry(size: [5, 1, 1], spacing: [0.25, 1, 1])
    #expect(map.labelMap(on: fine, labels: labels).voxels == [0, 0, 0, 1, 1])
  }

  @Test func aMirroredGridGetsTheMirroredMask() {
    let mirrored = Geometry(
      size: [4, 1, 1], spacing: [1, 1, 1], origin: [3, 0, 0],
      direction: Direction(x: [-1, 0, 0], y: [0, 1, 0], z: [0, 0, 1]))
    let labels = [Label(name: "a", value: 1), Label(name: "b", value: 2)]
    #expect(map.labelMap(on: mirrored, labels: labels).voxels == [1, 2, 1, 0])
  }

  @Test func probabilitiesAddUpToOne() {
    let probabilities = map.probabilities()
    for voxel in 0..<4 {
      let total = (0..<3).map { probabilities.values[$0 * 4 + voxel] }.reduce(0, +)
      #expect(abs(total - 1) < 1e-6)
    }
    #expect(probabilities.winners() == map.winners())
  }

  @Test func theMeanOfAMapWithItselfIsTheMap() {
    #expect(ScoreMap.mean(of: [map, map]).values == map.values)
  }
}
