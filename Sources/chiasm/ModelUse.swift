import Imaging

/// A trained network and the cases it is used on, as the verbs that run networks over cases are told.
struct ModelUse {
  /// The lines of the help text; those of the cases and of the computing come last in a verb's list.
  ///
  /// - Parameters:
  ///   - input: What may be given, as a word and a sentence.
  ///   - output: What is made, likewise.
  static func help(
    input: (value: String, text: String), output: (value: String, text: String)
  ) -> [Help.Option] {
    [
      .init("model", "RUN", "The run folder of `chiasm train`."),
      .init("input", input.value, input.text), .init("output", output.value, output.text),
    ]
  }

  let model: String
  let input: String
  let output: String
  let selection: CaseSelection
  let computing: ComputingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    model = try arguments.required("model")
    input = try arguments.required("input")
    output = try arguments.required("output")
    selection = try CaseSelection(&arguments)
    computing = try ComputingOptions(&arguments)
  }

  /// The chosen cases of a dataset, one or more.
  ///
  /// - Parameter purpose: What is done with them, as `segment`.
  func cases(of dataset: Dataset, to purpose: String) throws(UsageError) -> [CaseFiles] {
    let cases = try selection.choose(from: dataset)
    guard !cases.isEmpty else { throw UsageError("\(input) has no case to \(purpose).") }
    return cases
  }
}
