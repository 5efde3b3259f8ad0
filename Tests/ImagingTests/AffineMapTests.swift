import Imaging
import Testing

struct AffineMapTests {
  let map = AffineMap(x: [2, 0, 0], y: [1, 3, 0], z: [0, 0, -4], offset: [5, 6, 7])

  @Test func aPointGoesAlongTheColumns() {
    #expect(map([1, 2, 3]) == [9, 12, -5])
  }

  @Test func theInverseLeadsBack() {
    #expect(map.inverse([9, 12, -5]) == [1, 2, 3])
    #expect(map.determinant == -24)
  }

  @Test func mapsFollowOneAnother() {
    let next = AffineMap(x: [0, 1, 0], y: [1, 0, 0], z: [0, 0, 2], offset: [1, 1, 1])
    #expect(map.followed(by: next)([1, 2, 3]) == next(map([1, 2, 3])))
  }

  @Test func flatMapsAndMapsThatAreNotFiniteHaveNoInverse() {
    let flat = AffineMap(x: [1, 0, 0], y: [2, 0, 0], z: [0, 0, 1], offset: .zero)
    #expect(!flat.isInvertible)
    let lost = AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: [.nan, 0, 0])
    #expect(!lost.isInvertible)
    let endless = AffineMap(x: [.infinity, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: .zero)
    #expect(!endless.isInvertible)
    let tiny = AffineMap(x: [1e-6, 0, 0], y: [0, 1e-6, 0], z: [0, 0, 1e-6], offset: .zero)
    #expect(tiny.isInvertible)
  }
}
