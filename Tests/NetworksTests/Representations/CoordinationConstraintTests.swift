import Architecture
import Foundation
import Networks
import TestSupport
import Testing
import Torch

/// Reference: PyTorch 2.15.0, Tests/Reference/representation_values.py.
struct CoordinationConstraintTests {
  struct Reference: Sendable {
    let constraint: CoordinationConstraint
    let rows: Int
    let columns: Int
    let value: Double
    let gradientStart: [Double]
    let gradientNorms: [Double]

    init(
      _ constraint: CoordinationConstraint, _ rows: Int, _ columns: Int, _ value: Double,
      _ gradientStart: [Double], _ gradientNorms: [Double]
    ) {
      (self.constraint, self.rows, self.columns) = (constraint, rows, columns)
      (self.value, self.gradientStart, self.gradientNorms) = (value, gradientStart, gradientNorms)
    }
  }

  static let references = [
    Reference(
      .canonicalCorrelation(), 12, 4, 0.35691389454148004,
      [-0.00342068756048102, -0.021214330290342757, -0.04499993567818842],
      [0.47065718690543856, 0.3079783521593132]),
    Reference(
      .cosine, 12, 4, 0.7578844041434145, [0, -0.0049135397678733775, -0.004293311974262172],
      [0.1567667928799685, 0.18862797074120766]),
    Reference(
      .contrastive(), 12, 4, 6.557768919108635,
      [-0.04798969899155606, -0.04115561092987077, -0.0021219400067639116],
      [1.5757816505266615, 2.5924718973433603]),
    Reference(
      .redundancyReduction(), 12, 4, 1.3128748320275838,
      [0.07322752335709573, -0.10163637912355211, -0.3366481118157991],
      [0.8649024575149467, 0.8268236573221001]),
    // Fewer samples than features.
    Reference(
      .canonicalCorrelation(), 4, 6, 0.5015352918587348,
      [-0.00026833968028377097, -0.0001213197708168904, 6.99512379296976e-05],
      [0.0007356308243071549, 0.0023911307180986673]),
    Reference(
      .cosine, 4, 6, 0.7998592709793567, [0, -0.020952010156109636, -0.030409272117324027],
      [0.2353817044625961, 0.2565887188812637]),
    Reference(
      .contrastive(), 4, 6, 4.106855961313767,
      [0.06228419896856732, -0.15848396615193944, -0.24394532600386762],
      [1.4359742535239213, 2.303803524283026]),
    Reference(
      .redundancyReduction(), 4, 6, 4.663921931851381,
      [-0.5631080789974244, -0.44294305043529775, -0.5039554595946679],
      [3.386564703991053, 5.868699069342845]),
  ]

  @Test(arguments: references)
  func agreesWithPyTorchInValueAndGradient(reference: Reference) throws {
    let (first, second) = try chirpedPair(rows: reference.rows, columns: reference.columns)
    try first.markAsWeight()
    try second.markAsWeight()
    let loss = try reference.constraint.loss(of: Embeddings([first, second]))
    try loss.backward()
    expectClose(try loss.item(), reference.value, within: 1e-9)
    let gradients = try [first, second].map { try #require($0.gradient).doubles() }
    expectClose(Array(gradients[0].prefix(3)), reference.gradientStart, within: 1e-8)
    expectClose(gradients.map(norm), reference.gradientNorms, within: 1e-8)
  }

  @Test(arguments: Constraint.allCases)
  func theGradientAgreesWithDifferences(name: Constraint) throws {
    let constraint = CoordinationConstraint(name)
    let (first, second) = try chirpedPair(rows: 7, columns: 3)
    let third = try Tensor(chirp(21, step: 1.3), shape: [7, 3])
    let present = [
      [true, true, true, true, true, true, false], [true, false, true, true, true, true, true],
      [true, true, true, true, false, true, true],
    ]
    try expectGradients(
      of: [("first", first), ("second", second), ("third", third)]
    ) { try constraint.loss(of: Embeddings([first, second, third], isPresent: present)) }
  }

  /// With fewer samples than features singular values are 0, and must not disturb the slope.
  @Test(arguments: Constraint.allCases)
  func theGradientOfASmallBatchAgreesWithDifferences(name: Constraint) throws {
    let constraint = CoordinationConstraint(name)
    let (first, second) = try chirpedPair(rows: 4, columns: 6)
    try expectGradients(of: [("first", first), ("second", second)]) {
      try constraint.loss(of: Embeddings([first, second]))
    }
  }

  @Test(arguments: Constraint.allCases)
  func whatIsAbsentHasNoSayAndGetsNoGradient(name: Constraint) throws {
    let constraint = CoordinationConstraint(name)
    let (whole, other) = try chirpedPair(rows: 8, columns: 3)
    let expected = try constraint.loss(
      of: Embeddings([whole.rows([0, 1, 3, 4, 5, 7]), other.rows([0, 1, 3, 4, 5, 7])]))
    var numbers = try whole.doubles()
    for column in 0..<3 { numbers[2 * 3 + column] = .nan }
    let spoilt = try Tensor(numbers, shape: [8, 3])
    try spoilt.markAsWeight()
    let loss = try constraint.loss(
      of: Embeddings(
        [spoilt, other],
        isPresent: [
          [true, true, false, true, true, true, true, true],
          [true, true, true, true, true, true, false, true],
        ]))
    try loss.backward()
    let (found, wanted) = (try loss.item(), try expected.item())
    #expect(found == wanted)
    let gradient = try #require(spoilt.gradient).doubles()
    #expect(Array(gradient[6..<9]) == [0, 0, 0])
    #expect(Array(gradient[18..<21]) == [0, 0, 0])
    let isFinite = gradient.allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  @Test(arguments: Constraint.allCases)
  func aBatchWithoutAPairCostsNothingAndCanBeDifferentiated(name: Constraint) throws {
    let constraint = CoordinationConstraint(name)
    let (first, second) = try chirpedPair(rows: 3, columns: 2)
    try first.markAsWeight()
    let loss = try constraint.loss(
      of: Embeddings(
        [first, second], isPresent: [[true, false, true], [false, true, false]]))
    try loss.backward()
    #expect(try loss.item() == 0)
    #expect(try first.gradient?.doubles() == [0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: Constraint.allCases)
  func severalModalitiesCountAsTheMeanOverTheirPairs(name: Constraint) throws {
    let constraint = CoordinationConstraint(name)
    let (first, second) = try chirpedPair(rows: 9, columns: 3)
    let third = try Tensor(chirp(27, step: 1.3), shape: [9, 3])
    let pairs = try [[first, second], [first, third], [second, third]].map {
      try constraint.loss(of: Embeddings($0)).item()
    }
    let all = try constraint.loss(of: Embeddings([first, second, third])).item()
    expectClose(all, pairs.reduce(0, +) / 3, within: 1e-12)
  }

  /// Rows of zeros, equal rows and constant features are what an untrained network gives.
  @Test(arguments: Constraint.allCases)
  func collapsedEmbeddingsGiveFiniteGradients(name: Constraint) throws {
    let constraint = CoordinationConstraint(name)
    for value in [0.0, 1] {
      let views = try (0..<2).map { _ in try Tensor.filled(with: value, [5, 8]) }
      for view in views { try view.markAsWeight() }
      let loss = try constraint.loss(of: Embeddings(views))
      try loss.backward()
      #expect(try loss.item().isFinite)
      let gradient = try #require(views[0].gradient).doubles()
      let isFinite = gradient.allSatisfy { $0.isFinite }
      #expect(isFinite)
    }
  }

  /// A patch of which one modality shows nothing but air has features of zero at first.
  @Test(arguments: Constraint.allCases)
  func aSideThatPointsNowhereDoesNotDrownTheRest(name: Constraint) throws {
    let (_, second) = try chirpedPair(rows: 9, columns: 3)
    let first = try Tensor.filled(with: 0, [9, 3], type: .float64)
    for view in [first, second] { try view.markAsWeight() }
    try CoordinationConstraint(name).loss(of: Embeddings([first, second])).backward()
    for view in [first, second] {
      let steepest = try #require(view.gradient).doubles().map(abs).max()
      #expect(try #require(steepest) < 1000)
    }
  }

  /// Two batches that are a mixing of each other correlate fully in every direction: no loss, and
  /// no way to lower it, although all the singular values coincide.
  @Test func coincidingCorrelationsHaveAGradient() throws {
    let (first, _) = try chirpedPair(rows: 12, columns: 3)
    let mixing = try Tensor([2, 1, 0, -1, 3, 0.5, 0.3, 0, 1] as [Double], shape: [3, 3])
    let second = try first.matrixProduct(mixing)
    for view in [first, second] { try view.markAsWeight() }
    let loss = try CoordinationConstraint.canonicalCorrelation(regularization: 0)
      .loss(of: Embeddings([first, second]))
    try loss.backward()
    expectClose(try loss.item(), 0, within: 1e-12)
    for view in [first, second] {
      let gradient = try #require(view.gradient).doubles()
      expectClose(gradient, Array(repeating: 0, count: 36), within: 1e-10)
    }
  }

  @Test func aNameGivesItsConstraintWithStandardParameters() {
    let expected: [Constraint: CoordinationConstraint] = [
      .canonicalCorrelation: .canonicalCorrelation(regularization: 1e-3), .cosine: .cosine,
      .contrastive: .contrastive(temperature: 0.1),
      .redundancyReduction: .redundancyReduction(weight: 5e-3),
    ]
    for name in Constraint.allCases { #expect(CoordinationConstraint(name) == expected[name]) }
  }

  @Test func tooLittleRegularizationIsExplained() throws {
    let (first, second) = try chirpedPair(rows: 4, columns: 6)
    let error = #expect(throws: TorchError.self) {
      try CoordinationConstraint.canonicalCorrelation(regularization: -1)
        .loss(of: Embeddings([first, second]))
    }
    #expect(error?.operation == "canonical correlation of [4, 6]")
    #expect(
      error?.reason.hasPrefix(
        "the covariance is not positive definite with a regularization of -1.0; raise it, or use "
          + "more samples than features (") == true)
  }
}
