import Testing

@testable import Training

struct EmbeddingTableTests {
  /// Two cases; the second's MRI was filled in.
  private var table: EmbeddingTable {
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 2)
    table.add(EmbeddingFixtures.row("b", "mri", "core", label: "core"), [1, 2])
    table.add(EmbeddingFixtures.row("b", "fused"), [3, 4])
    table.add(EmbeddingFixtures.row("a", "ct"), [5, 6])
    table.add(
      .init(
        caseName: "a", modality: "mri", region: "whole", label: nil, volume: 8, isInfilled: true),
      [7, 8])
    return table
  }

  @Test func namesStandInTheOrderOfTheRowsOnceEach() {
    #expect(table.caseNames == ["b", "a"])
    #expect(table.modalities == ["mri", "ct"])
    #expect(table.regions == ["core", "whole"])
  }

  @Test func aVectorIsARowsNumbers() {
    #expect(table.vector(0) == [1, 2] && table.vector(3) == [7, 8])
  }

  @Test func whatWasFilledInCanBeLeftOut() {
    let measured = table.withoutInfilled()
    #expect(measured.origin == table.origin && measured.width == 2)
    #expect(measured.rows == Array(table.rows.prefix(3)))
    #expect(measured.values == [1, 2, 3, 4, 5, 6])
    #expect(measured.withoutInfilled() == measured)
  }
}
