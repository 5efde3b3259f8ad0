import Foundation
import Imaging

/// `chiasm phantom`: draws a tri-modal dataset whose truth is known.
struct PhantomCommand: Command {
  static let help = Help(
    name: "phantom",
    abstract: "Draw a dataset of CT, MRI and ultrasound whose truth is known.",
    usage: ["--output DIR [--cases 24] [--size 48] [--seed 1]"],
    options: [
      .init("output", "DIR", "The folder to write the dataset to; new or empty."),
      .init("cases", "N", "How many patients to draw.", standard: "24"),
      .init("size", "N", "Voxels along each axis of the CT, 16 to 512.", standard: "48"),
      .init("seed", "N", "The seed; the same seed draws the same patients.", standard: "1"),
      .init("quiet", "Print nothing but warnings and errors."),
      .init("json", "Print the result as JSON."),
    ],
    example: "chiasm phantom --output demo/phantom --cases 8")

  private let output: String
  private let cases: Int
  private let size: Int
  private let seed: UInt64
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    output = try arguments.required("output")
    cases = try arguments.integer("cases", in: 1...100_000) ?? 24
    size = try arguments.integer("size", in: 16...512) ?? 48
    seed = try arguments.seed() ?? 1
  }

  func run(_ console: Console) throws -> ExitCode {
    try refuseToMix()
    let bar = console.progress("Drawing", total: cases)
    var done = 0
    try Phantom.writeDataset(to: output, cases: cases, size: size, seed: seed) { _ in
      done += 1
      bar.advance(to: done)
    }
    bar.finish()
    let modalities = Phantom.modalities.map(\.name)
    if printing.isJSON {
      try console.json(Report(output: output, cases: cases, modalities: modalities, seed: seed))
    }
    console.note("\(output): \(cases) cases of \(modalities.joined(separator: ", ")).")
    return .done
  }

  /// Refuses a folder that holds something: patients of an earlier call would join the new ones.
  private func refuseToMix() throws {
    guard FileManager.default.fileExists(atPath: output), try !Folder.names(in: output).isEmpty
    else { return }
    throw UsageError(
      "--output \(output): this folder is not empty. Choose another one, or remove it.")
  }

  private struct Report: Encodable {
    let output: String
    let cases: Int
    let modalities: [String]
    let seed: UInt64
  }
}
