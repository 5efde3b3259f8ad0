import Architecture
import Foundation
import TestSupport
import Testing

@testable import Search

struct LatencyTableTests {
  private let conditions = LatencyTable.Conditions(
    machine: "Difference Engine", threads: 2, patch: [8, 16, 16], channels: [4, 8])

  private func table(_ milliseconds: [String: Double]) -> LatencyTable {
    LatencyTable(
      conditions: conditions, date: "2026-01-31", milliseconds: milliseconds, constant: 0.5,
      check: .init(networks: 3, meanRelativeError: 0.1, rankCorrelation: 0.9))
  }

  private var times: [String: Double] {
    [
      "encoder of depth 1": 100, "encoder of depth 2": 1000, "level 0 skip": 1,
      "level 0 convolution3": 10, "level 0 sum of 2": 3, "level 1 skip": 0.25,
    ]
  }

  /// CT on both levels, MRI on the finest only: `sum(skip(ct), conv3(mri)) | skip(ct)`.
  private func genotype() throws -> Genotype {
    let first = Node(
      combination: .sum,
      edges: [Edge(source: 0, operation: .skip), Edge(source: 1, operation: .convolution3)])
    return try Genotype(
      modalities: ["ct", "mri"],
      cells: [CellGenotype(inputs: 2, nodes: [first]), .identity(ofInput: 0, inputs: 2)])
  }

  @Test func aNetworkTakesTheSumOfItsPartsAndTheConstant() throws {
    // The encoders, the three parts of level 0, level 1 and the constant.
    let expected: Double = 1100 + 14 + 0.25 + 0.5
    #expect(try table(times).prediction(for: genotype()) == expected)
  }

  @Test func aPartThatWasNotMeasuredIsNamed() throws {
    var times = times
    times["level 0 sum of 2"] = nil
    let error = #expect(throws: SearchError.self) { try table(times).prediction(for: genotype()) }
    #expect(error == .notInTable("\"level 0 sum of 2\""))
  }

  private func refusal(of text: String) throws -> String? {
    try withTemporaryFolder { folder -> String? in
      let path = folder + "/latency.json"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      do {
        _ = try LatencyTable.read(path, madeUnder: conditions)
        return nil
      } catch {
        return "\(error)".replacingOccurrences(of: path, with: "T")
      }
    }
  }

  private func text(
    _ table: LatencyTable, _ change: (inout [String: Any]) -> Void = { _ in }
  ) throws -> String {
    let data = try JSONEncoder().encode(table)
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    change(&object)
    return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
  }

  @Test func onlyATableOfThisMachineAndTheseNetworksIsRead() throws {
    let end =
      ".\nRestore it; of a search without trials yet, remove it, and it will be measured again."
    let start = "T: this table of latencies cannot be used: "
    #expect(try refusal(of: text(table(times))) == nil)
    #expect(
      try refusal(of: text(table(times)) { $0["unit"] = "ms" })
        == start + "it cannot be read as a table: 'unit' is no key; known are check, conditions, "
        + "constant, date, milliseconds" + end)
    #expect(
      try refusal(of: text(table(["level 0 skip": -1])))
        == start + "the time of \"level 0 skip\" is below 0 or beyond 1000000000.0 ms" + end)
    let other = LatencyTable(
      conditions: .init(machine: "Abacus", threads: 1, patch: [8, 16, 16], channels: [4, 8]),
      date: "2026-01-31", milliseconds: times, constant: 0, check: table(times).check)
    #expect(
      try refusal(of: text(other))
        == start
        + "it was made for Abacus, 1 thread(s), patches of 8 × 16 × 16, channels 4, 8, and "
        + "this search has Difference Engine, 2 thread(s), patches of 8 × 16 × 16, channels 4, 8"
        + end)
    #expect(
      try refusal(of: "{")
        == start
        + "it cannot be read as a table: it is not JSON, or a number in it is not of the kind "
        + "that is needed there" + end)
  }
}
