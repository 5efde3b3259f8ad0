import Testing

@testable import Imaging

struct GraphLanesTests {
  @Test func aFreeRowIsTakenAsItIs() {
    var lanes = GraphLanes(boxes: [(1, 100...144)], below: 40)
    #expect(lanes.take(in: 1, near: 60) == 60)
    #expect(lanes.take(in: 2, near: 120) == 120)
  }

  // 12 rows off the box, 8 rows off each other, the nearer side first.
  @Test func lanesKeepOffBoxesAndEachOther() {
    var lanes = GraphLanes(boxes: [(1, 100...144)], below: 40)
    #expect((0..<4).map { _ in lanes.take(in: 1, near: 110) } == [88, 80, 72, 64])
    #expect((0..<2).map { _ in lanes.take(in: 1, near: 140) } == [156, 164])
  }

  @Test func noLaneIsAboveTheTop() {
    var lanes = GraphLanes(boxes: [(1, 40...84)], below: 40)
    #expect(lanes.take(in: 1, near: 0) == 96)
  }
}
