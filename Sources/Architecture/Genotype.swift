/// A fusion architecture written down: a fusion cell for every level of the pyramid.
///
/// A genotype that exists is valid: both initializers refuse one that is not.
public struct Genotype: Hashable, Sendable {
  /// More modalities than this are refused as a mistake.
  public static let maximumModalities = 32

  /// More cells than this are refused as a mistake.
  public static let maximumCells = 16

  /// The names of the modalities, in the order of the cells' inputs.
  public let modalities: [String]

  /// One cell that all levels share, or one cell per level, finest first.
  public let cells: [CellGenotype]

  /// Creates a genotype after checking that the cells fit the modalities.
  ///
  /// - Throws: ``ArchitectureError`` when a name is empty or appears twice, there is no cell, or a
  ///   cell has another number of inputs than there are modalities.
  public init(modalities: [String], cells: [CellGenotype]) throws(ArchitectureError) {
    try Self.check(modalities: modalities)
    guard (1...Self.maximumCells).contains(cells.count) else {
      throw .badCellCount(found: cells.count, allowed: 1...Self.maximumCells)
    }
    for (index, cell) in cells.enumerated() where cell.inputs != modalities.count {
      throw .wrongInputs(cell: index, found: cell.inputs, modalities: modalities)
    }
    self.modalities = modalities
    self.cells = cells
  }

  /// A genotype that is valid by the way it was made.
  init(modalities: [String], validCells cells: [CellGenotype]) {
    self.modalities = modalities
    self.cells = cells
  }

  /// The cell of one level of a pyramid; level 0 is the finest.
  ///
  /// - Precondition: ``fits(levels:)``.
  public func cell(atLevel level: Int, of levels: Int) -> CellGenotype {
    precondition(
      fits(levels: levels) && (0..<levels).contains(level),
      "\(cells.count) cells do not give one for level \(level) of \(levels)")
    return cells.count == 1 ? cells[0] : cells[level]
  }

  /// Whether there is a cell for each of so many levels.
  public func fits(levels: Int) -> Bool {
    cells.count == 1 || cells.count == levels
  }

  /// Checks that there is a cell for each of so many levels.
  ///
  /// - Throws: ``ArchitectureError/wrongLevels(cells:levels:)`` when there is not.
  public func check(levels: Int) throws(ArchitectureError) {
    guard fits(levels: levels) else { throw .wrongLevels(cells: cells.count, levels: levels) }
  }

  /// Whether any cell reads the features of the modality with this number.
  public func reads(modality index: Int) -> Bool { cells.contains { $0.reads(input: index) } }

  /// How many levels of a modality's encoder are read, counted from the finest to the deepest that
  /// a cell reads; 0 when none is.
  public func depth(ofModality index: Int, levels: Int) -> Int {
    let deepest = (0..<levels).last { cell(atLevel: $0, of: levels).reads(input: index) }
    return deepest.map { $0 + 1 } ?? 0
  }

  /// Checks a list of modality names.
  static func check(modalities: [String]) throws(ArchitectureError) {
    guard !modalities.isEmpty else { throw .noModalities }
    guard modalities.count <= maximumModalities else {
      throw .tooManyModalities(found: modalities.count, allowed: maximumModalities)
    }
    var seen: Set<String> = []
    for (index, name) in modalities.enumerated() {
      guard !name.isEmpty else { throw .emptyModality(position: index) }
      guard seen.insert(name).inserted else { throw .repeatedModality(name) }
    }
  }
}

extension Genotype: Codable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case modalities, cells
  }

  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.self, also: ["kind"], in: "a genotype")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    var list = try fields.nestedUnkeyedContainer(forKey: .cells)
    var cells: [CellGenotype] = []
    while !list.isAtEnd {
      do {
        cells.append(try list.decode(CellGenotype.self))
      } catch let error as ArchitectureError {
        throw ArchitectureError.inCell(cells.count, error)
      }
    }
    try self.init(modalities: fields.decode([String].self, forKey: .modalities), cells: cells)
  }
}
