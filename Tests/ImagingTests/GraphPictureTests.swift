import Testing

@testable import Imaging

struct GraphPictureTests {
  private func graph(_ boxes: Int) -> GraphPicture {
    GraphPicture(
      title: "all levels", boxes: (0..<boxes).map { .init(title: "box \($0)") },
      arrows: (1..<boxes).map { .init(from: $0 - 1, to: $0, title: "skip") })
  }

  /// How many pixels are not white.
  private func ink(_ image: PNGImage, columns: Range<Int>) -> Int {
    (0..<image.height).reduce(0) { sum, row in
      sum
        + columns.count { column in
          image.pixels[3 * (row * image.width + column)] < 255
        }
    }
  }

  // Every box of a chain stands 278 pixels right of the one before.
  @Test func aChainGoesFromLeftToRight() {
    let two = GraphPicture.picture(of: [graph(2)])
    let three = GraphPicture.picture(of: [graph(3)])
    #expect(three.width - two.width == 278)
    for column in [24, 302, 580] { #expect(ink(three, columns: column..<(column + 148)) > 148 * 4) }
  }

  @Test func boxesThatReadNothingStandBelowEachOther() {
    let one = GraphPicture(title: "", boxes: [.init(title: "ct")], arrows: [])
    let three = GraphPicture(
      title: "", boxes: ["ct", "mri", "pet"].map { .init(title: $0) }, arrows: [])
    let heights = [one, three].map { GraphPicture.picture(of: [$0]).height }
    #expect(heights[1] - heights[0] == 2 * 84)
  }

  @Test func severalGraphsAddUp() {
    let one = GraphPicture.picture(of: [graph(2)])
    let two = GraphPicture.picture(of: [graph(2), graph(2)])
    #expect(two.height == 2 * one.height && two.width == one.width)
  }

  @Test func aMarkedBoxHasASecondFrame() {
    func picture(_ isMarked: Bool) -> PNGImage {
      GraphPicture.picture(of: [
        GraphPicture(title: "", boxes: [.init(title: "x", isMarked: isMarked)], arrows: [])
      ])
    }
    #expect(picture(true) != picture(false))
  }

  // An arrow over the box between its ends passes below: there is ink under that box.
  @Test func anArrowPassesBoxesInsteadOfGoingBehindThem() {
    func picture(_ arrows: [(Int, Int)]) -> PNGImage {
      GraphPicture.picture(of: [
        GraphPicture(
          title: "", boxes: (0..<3).map { .init(title: "box \($0)") },
          arrows: arrows.map { .init(from: $0.0, to: $0.1, title: "skip") })
      ])
    }
    let without = ink(picture([(0, 1), (1, 2)]), columns: 302..<450)
    let with = ink(picture([(0, 1), (1, 2), (0, 2)]), columns: 302..<450)
    // A line of two pixels, as long as the box is wide, and a corner of the legs that slant.
    #expect((2 * 148...2 * 148 + 2).contains(with - without))
  }

  // Seven names of 7 rows each do not fit beside a box of 44.
  @Test func aBoxGrowsWithTheArrowsThatEndAtIt() {
    let boxes = (0..<8).map { GraphPicture.Box(title: "\($0)") }
    let heights = [3, 7].map { count in
      GraphPicture.picture(of: [
        GraphPicture(
          title: "", boxes: boxes,
          arrows: (0..<count).map { .init(from: $0, to: 7, title: "skip") })
      ]).height
    }
    #expect(heights[1] - heights[0] > 6 * (88 - 44))
  }

  @Test func longNamesStayInTheirBox() {
    let name = String(repeating: "w", count: 200)
    let image = GraphPicture.picture(of: [
      GraphPicture(title: "", boxes: [.init(title: name)], arrows: [])
    ])
    #expect(ink(image, columns: 172..<image.width) == 0)
  }
}
