import TestSupport
import Testing
import Torch

/// Reference: PyTorch 2.15, `Tests/Reference/torch_values.py`.
struct TensorNeuralTests {
  private func image() throws -> Tensor { try waves([2, 4, 5, 6, 7], step: 0.37) }
  private func weight() throws -> Tensor { try waves([6, 4, 3, 3, 3], step: 0.11) }
  private func bias() throws -> Tensor { try waves([6], step: 0.7) }

  @Test func convolvesByHand() throws {
    // A row 1 2 3 4 with the kernel 1 0 -1: each number minus the one two to the right.
    let row = try Tensor([1, 2, 4, 8] as [Float], shape: [1, 1, 1, 1, 4])
    let kernel = try Tensor([1, 0, -1] as [Float], shape: [1, 1, 1, 1, 3])
    #expect(try row.convolution(weight: kernel).floats() == [-3, -6])
    let bias = try Tensor([10] as [Float], shape: [1])
    let padded = try row.convolution(weight: kernel, bias: bias, padding: [0, 0, 1])
    #expect(try padded.floats() == [8, 7, 4, 14])
  }

  @Test func convolutionAgreesWithPyTorch() throws {
    try expect(
      image().convolution(
        weight: weight(), bias: bias(), stride: [1, 2, 2], padding: [1, 1, 1]),
      startsWith: [2.415217351718599, 3.429142376402767, 1.6421174761376154, -0.3831814913824686],
      norm: 36.401961020878005)
    try expect(
      image().convolution(weight: weight(), padding: [2, 2, 2], dilation: [2, 2, 2]),
      startsWith: [
        -11.99259475334825, -11.434669061396011, -15.466466532118787, -12.659508530705004,
      ],
      norm: 445.0150889791068)
    try expect(
      image().convolution(
        weight: waves([6, 2, 1, 3, 3], step: 0.11), bias: bias(), padding: [0, 1, 1], groups: 2),
      startsWith: [
        0.10132321379848064, -0.3196568254403981, -0.9960539427696486, -1.5376398316453117,
      ],
      norm: 51.803236805072174)
  }

  @Test func convolutionGradientsAgreeWithPyTorch() throws {
    let tensors = try [image(), weight(), bias()]
    for tensor in tensors { try tensor.markAsWeight() }
    let result = try tensors[0].convolution(
      weight: tensors[1], bias: tensors[2], stride: [1, 2, 2], padding: [1, 1, 1])
    try result.power(2).sum().backward()
    try expect(
      #require(tensors[0].gradient),
      startsWith: [15.283112680102155, 38.94392013068409, 22.518444791941914, 31.347016854079378],
      norm: 765.3538709718694)
    try expect(
      #require(tensors[1].gradient),
      startsWith: [
        -20.986375141219096, -20.54437546384278, -11.430194283969254, 4.378169625038505,
      ],
      norm: 665.596087755408)
    try expect(
      #require(tensors[2].gradient),
      startsWith: [8.280214941232838, 162.27908879046845, 240.089112310447, 205.04385162870278],
      norm: 374.2815358162519)
  }

  @Test func transposedConvolutionAgreesWithPyTorch() throws {
    try expect(
      image().transposedConvolution(
        weight: waves([4, 3, 1, 2, 2], step: 0.2), bias: waves([3], step: 0.7), stride: [1, 2, 2]),
      startsWith: [1.955699222462269, 1.8607995708408764, 1.932641172428745, 1.9840269405157078],
      norm: 111.22138376765182)
  }

  @Test func instanceNormalizationAgreesWithPyTorch() throws {
    let scale = try waves([4], step: 0.9) + 1
    let shift = try waves([4], step: 1.3)
    try expect(
      image().instanceNormalized(scale: scale, shift: shift),
      startsWith: [
        -0.027460491422532336, 0.4832451834527561, 0.9248292410622998, 1.2375253507731074,
      ],
      norm: 70.34141279755933)
    try expect(
      image().instanceNormalized(epsilon: 1e-3),
      startsWith: [
        -0.02743341954557392, 0.48276877704232873, 0.9239174997887609, 1.2363053385922054,
      ],
      norm: 40.946870608829485)
  }

  @Test func poolingAgreesWithPyTorch() throws {
    try expect(
      image().averagePooled(window: [1, 2, 2]),
      startsWith: [
        0.26656401038661776, 0.21321394821419906, 0.048339583690951426, 0.09849072798224201,
      ],
      norm: 3.590051375333283)
    try expect(
      image().maxPooled(window: [3, 3, 3], stride: [1, 2, 2]),
      startsWith: [0.9554405263552675, 0.99588084453764, 0.9983916897192832, 0.9987548457773336],
      norm: 11.738594518829288)
  }

  @Test func interpolationAgreesWithPyTorch() throws {
    try expect(
      image().interpolated(size: [10, 9, 7]),
      startsWith: [0.0, 0.361615431964962, 0.674287911628145, 0.8956986856800476],
      norm: 21.739019170574224)
    try expect(
      image().interpolated(size: [2, 3, 4]),
      startsWith: [
        -0.12530618739055294, -0.13200974057077403, -0.08404494827898565, -0.002114445008632976,
      ],
      norm: 1.3318468582629197)
    try expect(
      image().interpolated(size: [10, 4, 3], .nearest),
      startsWith: [0.0, 0.674287911628145, 0.99588084453764, 0.5240443416872761],
      norm: 21.91950282038373)
  }

  @Test func crossEntropyAgreesWithPyTorch() throws {
    let classes = (0..<420).map { UInt8($0 * 7 % 5 % 4) }
    let loss = try image().crossEntropy(with: Tensor(classes, shape: [2, 5, 6, 7]))
    expectClose(try loss.item(), 1.607010504298908, within: 1e-12)
  }
}

/// What the layers promise beyond their values.
struct TensorNeuralPropertyTests {
  @Test func gradientsAgreeWithFiniteDifferences() throws {
    let image = try waves([2, 2, 2, 3, 4], step: 0.7)
    let weight = try waves([2, 2, 1, 2, 2], step: 0.3)
    let numbers = try waves([2], step: 0.5) + 1
    let classes = try Tensor((0..<48).map { UInt8($0 % 2) }, shape: [2, 2, 3, 4])
    try expectGradient(at: image) { try $0.convolution(weight: weight, stride: [1, 1, 2]) }
    try expectGradient(at: weight) { try image.convolution(weight: $0, bias: numbers) }
    try expectGradient(at: numbers) { try image.convolution(weight: weight, bias: $0) }
    try expectGradient(at: image) {
      try $0.transposedConvolution(weight: weight, bias: numbers, stride: [1, 2, 2])
    }
    try expectGradient(at: weight) {
      try image.transposedConvolution(weight: $0, stride: [1, 2, 2])
    }
    try expectGradient(at: image) { try $0.instanceNormalized(scale: numbers, shift: numbers) }
    try expectGradient(at: numbers) { try image.instanceNormalized(scale: $0, shift: $0 * $0) }
    try expectGradient(at: image) { try $0.averagePooled(window: [1, 2, 2]) }
    try expectGradient(at: image) { try $0.maxPooled(window: [1, 2, 2]) }
    try expectGradient(at: image) { try $0.interpolated(size: [3, 4, 3]) }
    try expectGradient(at: image) { try $0.interpolated(size: [4, 3, 2], .nearest) }
    try expectGradient(at: image) {
      try $0.crossEntropy(with: classes.narrowed(axis: 0, from: 0, count: 2))
    }
  }

  @Test func theSameConvolutionTwiceGivesTheSameBits() throws {
    let image = try waves([2, 8, 12, 12, 12], step: 0.37).converted(to: .float32)
    let weight = try waves([8, 8, 3, 3, 3], step: 0.11).converted(to: .float32)
    try image.markAsWeight()
    try weight.markAsWeight()
    let runs = try (0..<3).map { _ in
      let result = try image.convolution(weight: weight, padding: [1, 1, 1])
      let loss = try result.instanceNormalized().power(3).sum()
      let gradients = try Tensor.gradients(of: loss, withRespectTo: [image, weight])
      return try [result.floats()] + gradients.map { try #require($0).floats() }
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0] == runs[2])
  }

  @Test func namesTheShapesThatDoNotFit() throws {
    let image = try Tensor.ones([1, 2, 4, 4, 4])
    let weight = try Tensor.ones([3, 5, 3, 3, 3])
    let error = #expect(throws: TorchError.self) {
      try image.convolution(weight: weight, bias: Tensor.ones([3]))
    }
    #expect(
      error?.operation
        == "convolution of [1, 2, 4, 4, 4] with the weights [3, 5, 3, 3, 3] and the bias [3], "
        + "stride [1, 1, 1], padding [0, 0, 0], dilation [1, 1, 1], groups 1")
    #expect(error?.reason.contains("to have 5 channels, but got 2 channels instead") == true)
  }

  @Test func refusesListsForDifferentAxes() throws {
    #expect(
      throws: TorchError(
        operation: "max pooling of [1, 1, 2, 2, 2], window [2, 2, 2], stride [2]",
        reason: "the lists of lengths differ in how many axes they are for")
    ) { try Tensor.ones([1, 1, 2, 2, 2]).maxPooled(window: [2, 2, 2], stride: [2]) }
  }
}
