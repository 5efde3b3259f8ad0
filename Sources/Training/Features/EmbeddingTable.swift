/// Vectors of a dataset's cases: one per case, modality and region.
public struct EmbeddingTable: Equatable, Sendable {
  /// What the rows of a network's own fusion are called, in the place of a modality.
  public static let fusedName = "fused"

  /// What a vector is the mean over.
  public struct Row: Codable, Hashable, Sendable {
    public let caseName: String
    public let modality: String

    /// `whole`, the name of a label, or a patch's.
    public let region: String

    /// The name of the label that the region shows; `nil` for a whole case.
    public let label: String?

    /// The volume of the region in cubic millimetres.
    public let volume: Double

    /// Whether a machine filled the vector in for a modality that the case lacks; `nil` for no.
    public let isInfilled: Bool?

    public init(
      caseName: String, modality: String, region: String, label: String?, volume: Double,
      isInfilled: Bool? = nil
    ) {
      self.isInfilled = isInfilled
      self.caseName = caseName
      self.modality = modality
      self.region = region
      self.label = label
      self.volume = volume
    }
  }

  /// Where the vectors come from.
  public let origin: EmbeddingOrigin

  /// The numbers of a vector.
  public let width: Int

  public private(set) var rows: [Row] = []

  /// `[rows, width]`.
  public private(set) var values: [Float] = []

  public init(origin: EmbeddingOrigin, width: Int) {
    precondition(width >= 1, "vectors of \(width) numbers")
    self.origin = origin
    self.width = width
  }

  public mutating func add(_ row: Row, _ vector: [Float]) {
    precondition(vector.count == width, "\(vector.count) numbers, expected \(width)")
    rows.append(row)
    values += vector
  }

  public func vector(_ row: Int) -> [Double] {
    values[row * width..<(row + 1) * width].map(Double.init)
  }

  /// The same without what a machine filled in.
  ///
  /// That was made of the other vectors of its case, and says nothing of how well they agree.
  public func withoutInfilled() -> EmbeddingTable {
    var table = EmbeddingTable(origin: origin, width: width)
    for (place, row) in rows.enumerated() where row.isInfilled != true {
      table.add(row, Array(values[place * width..<(place + 1) * width]))
    }
    return table
  }

  /// The cases that have a vector, in the order of the rows.
  public var caseNames: [String] { Self.unique(rows.map(\.caseName)) }

  /// The modalities that some case has a vector of, without what a network fused.
  public var modalities: [String] {
    Self.unique(rows.map(\.modality)).filter { $0 != Self.fusedName }
  }

  public var regions: [String] { Self.unique(rows.map(\.region)) }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

/// The network, the dataset and the way by which vectors were made.
public struct EmbeddingOrigin: Codable, Hashable, Sendable {
  public let dataset: String

  /// What the network is, and what distinguishes its weights from others.
  public let network: String
  public let weights: String

  public let source: FeatureSource
  public let regions: RegionChoice

  /// The cases that the network was trained on; `nil` when the run does not say.
  public let trainingCases: [String]?

  /// Over which parts of a case features are averaged, beside the whole.
  public enum RegionChoice: String, Codable, CaseIterable, Sendable {
    /// None.
    case whole

    /// Each label of the dataset's label maps.
    case reference

    /// Each label of the network's own masks.
    case predicted
  }

  public init(
    dataset: String, network: String, weights: String, source: FeatureSource,
    regions: RegionChoice, trainingCases: [String]?
  ) {
    self.dataset = dataset
    self.network = network
    self.weights = weights
    self.source = source
    self.regions = regions
    self.trainingCases = trainingCases
  }
}
