import Testing

@testable import Training

struct RegionSampleTests {
  @Test func rowsOfARegionComeTogether() {
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 1)
    table.add(EmbeddingFixtures.row("a", "ct", "core", label: "core"), [1])
    table.add(EmbeddingFixtures.row("b", "ct", "core", label: "core"), [2])
    table.add(EmbeddingFixtures.row("a", "mri", "core", label: "core"), [3])
    table.add(EmbeddingFixtures.row("a", "fused", "core", label: "core"), [4])
    table.add(EmbeddingFixtures.row("a", "ct"), [5])
    let samples = table.samples()
    #expect(samples.map(\.caseName) == ["a", "b", "a"])
    #expect(samples.map(\.region) == ["core", "core", "whole"])
    #expect(samples[0].vectors == ["ct": [1], "mri": [3]])
    #expect(samples[0].fused == [4] && samples[1].fused == nil)
    #expect(table.modalities == ["ct", "mri"] && table.caseNames == ["a", "b"])
  }
}
