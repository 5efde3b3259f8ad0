extension ChainSpace {
  /// The numbers of encoder and of decoder stages, the normalisation and the activation; then blocks,
  /// kernel and channels of as many stages as there may be, zeros for those that are not there.
  public var places: [Int] {
    let most = encoderStages.upperBound
    let stage = [blocks.count, kernels.count, channels.count]
    return [encoderStages.count, most - 1, normalizations.count, activations.count]
      + (0..<(2 * most - 1)).flatMap { _ in stage }
  }

  public func code(of candidate: ChainGenotype) -> [Int]? {
    guard encoderStages.contains(candidate.encoder.count),
      let normalization = normalizations.firstIndex(of: candidate.normalization),
      let activation = activations.firstIndex(of: candidate.activation)
    else { return nil }
    var code = [
      candidate.encoder.count - encoderStages.lowerBound, candidate.decoder.count - 1,
      normalization, activation,
    ]
    let most = encoderStages.upperBound
    for (stages, room) in [(candidate.encoder, most), (candidate.decoder, most - 1)] {
      for stage in stages {
        guard blocks.contains(stage.blocks), let kernel = kernels.firstIndex(of: stage.kernel),
          let channels = channels.firstIndex(of: stage.channels)
        else { return nil }
        code += [stage.blocks - blocks.lowerBound, kernel, channels]
      }
      code += Array(repeating: 0, count: 3 * (room - stages.count))
    }
    return code
  }

  public func candidate(from code: [Int]) -> ChainGenotype? {
    precondition(code.count == places.count, "\(code.count) choices for \(places.count) places")
    let encoder = encoderStages.lowerBound + code[0]
    let decoder = code[1] + 1
    guard decoder < encoder else { return nil }
    let most = encoderStages.upperBound
    let parts = code[4...]
    guard let first = stages(encoder, from: Array(parts.prefix(3 * most))),
      let second = stages(decoder, from: Array(parts.dropFirst(3 * most)))
    else { return nil }
    return ChainGenotype(
      validEncoder: first, decoder: second, normalization: normalizations[code[2]],
      activation: activations[code[3]])
  }

  /// The choices of stages that are not there are settled.
  public func isSettled(after choices: [Int]) -> Bool {
    guard choices.count >= 4 else {
      // Two encoder stages leave room for one decoder stage only.
      return choices.count == 1 && encoderStages.lowerBound + choices[0] == 2
    }
    let (stage, most) = ((choices.count - 4) / 3, encoderStages.upperBound)
    return stage < most
      ? stage >= encoderStages.lowerBound + choices[0] : stage - most >= choices[1] + 1
  }

  /// So many stages; `nil` when one that is not there is not all zeros.
  private func stages(_ count: Int, from code: [Int]) -> [ChainStage]? {
    guard code[(3 * count)...].allSatisfy({ $0 == 0 }) else { return nil }
    return (0..<count).map { index in
      ChainStage(
        blocks: blocks.lowerBound + code[3 * index], kernel: kernels[code[3 * index + 1]],
        channels: channels[code[3 * index + 2]])
    }
  }

  /// The chains with another value at one place, or one stage more or less at an end.
  ///
  /// A stage that is added is like the one before it.
  public func neighbours(of candidate: ChainGenotype) -> [ChainGenotype] {
    guard let code = code(of: candidate) else {
      preconditionFailure("the space does not contain \(candidate)")
    }
    let places = places
    var found: [ChainGenotype] = []
    // The first two places are the numbers of stages, which change with the stages.
    for place in 2..<places.count {
      for choice in 0..<places[place] where choice != code[place] {
        var other = code
        other[place] = choice
        if let neighbour = self.candidate(from: other) { found.append(neighbour) }
      }
    }
    let (encoder, decoder) = (candidate.encoder, candidate.decoder)
    for (first, second) in [
      (encoder + [encoder[encoder.count - 1]], decoder), (encoder.dropLast(), decoder),
      (encoder, decoder + [decoder[decoder.count - 1]]), (encoder, decoder.dropLast()),
    ] where encoderStages.contains(first.count) && (1..<first.count).contains(second.count) {
      found.append(
        ChainGenotype(
          validEncoder: first, decoder: second, normalization: candidate.normalization,
          activation: candidate.activation))
    }
    return found
  }
}
