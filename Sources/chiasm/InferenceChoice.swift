import Training

/// How the verbs that segment cut a case into windows.
enum InferenceChoice {
  private static let largestScale = 8.0

  /// The lines of the help text, for windows of any length.
  static let help: [Help.Option] =
    [
      .init(
        "window-scale", "S", "How much longer than a patch windows may be; 1 to 8.", standard: "1"),
      .init(
        "statistics", "FROM",
        "window: normalise as nnU-Net does; local: as in the patches around each voxel, in windows as "
          + "large as fit (or --window-scale).", standard: "window"),
      .init("mirror", "Average over mirror images too: eight times the work."),
    ] + patchHelp

  /// Those lines that also hold for windows as long as patches.
  static let patchHelp: [Help.Option] = [
    .init("step", "S", "Distance of windows as a share of the patch, up to 1.", standard: "0.5"),
    .init(
      "max-memory", "SIZE", "What a case may take, as 800M or 4G; windows shrink to fit.",
      standard: "4G"),
  ]

  /// What the options of ``patchHelp`` say.
  static func readPatches(_ arguments: inout Arguments) throws(UsageError) -> InferenceOptions {
    var options = InferenceOptions()
    if let step = try arguments.number("step", from: 0.1, to: 1) { options.step = step }
    if let text = try arguments.option("max-memory") { options.memory = try bytes(text) }
    return options
  }

  /// What the options of ``help`` say.
  static func read(_ arguments: inout Arguments) throws(UsageError) -> InferenceOptions {
    var options = try readPatches(&arguments)
    options.statistics =
      try arguments.choice("statistics", of: InferenceOptions.Statistics.self) ?? options.statistics
    if options.statistics == .local { options.windowScale = largestScale }
    if let scale = try arguments.number("window-scale", from: 1, to: largestScale) {
      options.windowScale = scale
    }
    options.mirrors = try arguments.flag("mirror")
    return options
  }

  /// Reads `512M`, `4G` or a plain number of bytes.
  static func bytes(_ text: String) throws(UsageError) -> Int {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    let unit = text.last.flatMap { units[$0] }
    guard let count = Double(unit == nil ? text : String(text.dropLast())),
      let bytes = Int(exactly: (count * Double(unit ?? 1)).rounded()), bytes > 0
    else { throw UsageError("--max-memory takes a size such as 800M or 4G, not '\(text)'.") }
    return bytes
  }
}
