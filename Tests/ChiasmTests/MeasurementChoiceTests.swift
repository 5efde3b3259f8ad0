import Imaging
import Metrics
import Testing

@testable import chiasm

struct MeasurementChoiceTests {
  private func options(_ words: String...) throws -> MeasurementOptions {
    var arguments = Arguments(words)
    return try MeasurementChoice(&arguments).options
  }

  private func refusal(_ words: String...) -> String? {
    var arguments = Arguments(words)
    do {
      _ = try MeasurementChoice(&arguments)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func optionsSayWhatIsMeasured() throws {
    #expect(try options() == MeasurementOptions())
    #expect(
      try options(
        "--surfaces", "voxels", "--percentiles", "95,99.5", "--tolerances", "1,2.5", "--lesions",
        "edges", "--lesion-minimum", "50")
        == MeasurementOptions(
          surfaces: .voxels, percentiles: [95, 99.5], tolerances: [1, 2.5],
          lesions: LesionOptions(connectivity: .edges, minimumVolume: 50)))
    #expect(try options("--surfaces", "none").surfaces == nil)
  }

  @Test func mistakesAreExplained() {
    #expect(
      refusal("--surfaces", "mesh")
        == "--surfaces takes one of surfels, voxels, contours, none, not 'mesh'.")
    #expect(
      refusal("--percentiles", "95,101") == "--percentiles takes numbers from 0 to 100, not '101'.")
    #expect(
      refusal("--tolerances", "-1") == "--tolerances takes numbers from 0 to 1000000, not '-1'.")
    #expect(refusal("--lesion-minimum", "5") == "--lesion-minimum needs --lesions.")
    #expect(
      refusal("--lesions", "26") == "--lesions takes one of faces, edges, corners, not '26'.")
  }
}
