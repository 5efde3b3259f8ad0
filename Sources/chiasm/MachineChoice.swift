import Training

/// How the verbs that train a Boltzmann machine are told about it.
struct MachineChoice {
  /// The lines of the help text.
  static let help: [Help.Option] = [
    .init(
      "hidden", "N", "The machine's hidden units above each modality.",
      standard: "\(MachineOptions().hidden)"),
    .init(
      "joint-units", "N", "The units of its joint layer.", standard: "\(MachineOptions().joint)"),
    .init(
      "pretraining", "N", "How often pre-training, layer by layer, uses each sample.",
      standard: "\(MachineOptions().pretrainingEpochs)"),
    .init(
      "epochs", "N", "How often training all layers together does.",
      standard: "\(MachineOptions().epochs)"),
    .init(
      "signal", "S", "The deviation to which features are scaled; the machine's noise is 1.",
      standard: "\(MachineOptions().signal)"),
    .init(
      "learning-rate", "R", "The first step's rate in pre-training; after it half of that.",
      standard: "\(MachineOptions().learningRate)"),
  ]

  /// Whether any of them is given.
  let isGiven: Bool

  /// The settings, their seed aside.
  let options: MachineOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    let units = [
      try arguments.integer("hidden", in: 1...4096),
      try arguments.integer("joint-units", in: 1...4096),
    ]
    let epochs = [
      try arguments.integer("pretraining", in: 1...100_000),
      try arguments.integer("epochs", in: 1...100_000),
    ]
    let signal = try arguments.number("signal", from: 0.1, to: 100)
    let rate = try arguments.number("learning-rate", from: 1e-6, to: 1)
    var options = MachineOptions()
    options.hidden = units[0] ?? options.hidden
    options.joint = units[1] ?? options.joint
    options.pretrainingEpochs = epochs[0] ?? options.pretrainingEpochs
    options.epochs = epochs[1] ?? options.epochs
    options.signal = signal ?? options.signal
    options.learningRate = rate ?? options.learningRate
    self.options = options
    isGiven = rate != nil || signal != nil || (units + epochs).contains { $0 != nil }
  }
}
