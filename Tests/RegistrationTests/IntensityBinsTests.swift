import Imaging
import TestSupport
import Testing

@testable import Registration

struct IntensityBinsTests {
  private let grid = Geometry(size: [20, 20, 20], spacing: .one)

  @Test func intensitiesSpreadFromTheFirstPlaceToTheLast() throws {
    let ramp = Volume<Float>(geometry: grid, voxels: (0..<8000).map(Float.init))
    let bins = try #require(IntensityBins(of: ramp))
    #expect(bins.place(of: 0) == 1 && bins.place(of: 7999) == 30)
    expectClose(bins.place(of: 3999.5), 15.5, within: 0.05)
  }

  /// Nine voxels in ten lie in a tenth of the range; with equal bins they would have three.
  @Test func frequentIntensitiesHaveMoreBins() throws {
    let voxels = (0..<8000).map { index in
      Float(index % 10 == 0 ? index : index % 800)
    }
    let bins = try #require(IntensityBins(of: Volume(geometry: grid, voxels: voxels)))
    let narrow = bins.place(of: 800) - bins.place(of: 0)
    #expect(narrow > 7 && narrow < 16)
    let places = stride(from: Float(0), through: 8000, by: 10).map(bins.place(of:))
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func aHotSpotDoesNotSqueezeTheRest() throws {
    var voxels = (0..<8000).map { Float($0 % 100) }
    voxels[4000] = 1e6
    let bins = try #require(IntensityBins(of: Volume(geometry: grid, voxels: voxels)))
    #expect(bins.place(of: 99) > 29 && bins.place(of: 1e6) == 30)
  }

  /// 256 steps per intensity, or the steps up to the hot spot, are more than a `Float` or an `Int` counts.
  @Test(arguments: [Float(1e15), 3e38, .leastNormalMagnitude])
  func anyFiniteIntensityHasAPlace(greatest: Float) throws {
    for count in [1, 2000] {
      var voxels = (0..<8000).map { Float($0 % 2) * min(greatest, 1) }
      for index in 0..<count { voxels[2 * index] = greatest }
      let bins = try #require(IntensityBins(of: Volume(geometry: grid, voxels: voxels)))
      #expect(bins.place(of: 0) == 1 && bins.place(of: greatest) == 30)
      #expect((1...30).contains(bins.place(of: -3e38)) && (1...30).contains(bins.place(of: 3e38)))
    }
  }

  @Test func oneIntensityHasNoBins() {
    #expect(IntensityBins(of: Volume<Float>(geometry: grid, filledWith: 3)) == nil)
  }
}
