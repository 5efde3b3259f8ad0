/// Why an architecture was refused.
public enum ArchitectureError: Error, Hashable, CustomStringConvertible, Sendable {
  case noModalities
  case tooManyModalities(found: Int, allowed: Int)
  case tooManySubsets(modalities: Int, allowed: Int)
  case emptyModality(position: Int)
  case repeatedModality(String)
  case badNodeCount(found: Int, allowed: ClosedRange<Int>)
  case deadNode(Int)
  case tooManyEdges(node: Int, found: Int, allowed: Int)
  case badSource(node: Int, source: Int, inputs: Int)
  case unusedNode(Int)
  case badCoordination
  case badWeight(Double, allowed: Double)
  case badCellCount(found: Int, allowed: ClosedRange<Int>)
  case wrongInputs(cell: Int, found: Int, modalities: [String])
  case wrongLevels(cells: Int, levels: Int)
  case tooManyParameters(found: Int, allowed: Int)
  case badTopology(String)
  case badSpace(String)
  case badChain(String)
  case badBranches(String)
  case badCellText(String)
  case missingKind(known: [String])
  case unknownName(concept: String, found: String, known: [String])
  case unknownKey(concept: String, found: String, known: [String])
  case missingKey(concept: String, key: String)
  indirect case inCell(Int, ArchitectureError)

  public var description: String {
    switch self {
    case .noModalities, .tooManyModalities, .tooManySubsets, .emptyModality, .repeatedModality:
      modalityText
    case .badNodeCount, .deadNode, .tooManyEdges, .badSource, .unusedNode, .badCoordination,
      .badWeight:
      cellText
    case .badCellCount(let found, let allowed):
      "A genotype has \(allowed.lowerBound) to \(allowed.upperBound) cells, found \(found)."
    case .wrongInputs(let cell, let found, let modalities):
      "Cell \(cell) has \(found) inputs, but there are \(modalities.count) modalities "
        + "(\(modalities.joined(separator: ", "))). Give every cell one input per modality."
    case .wrongLevels(let cells, let levels):
      "The genotype has \(cells) cells, but the network has \(levels) levels. "
        + "Give it one cell for all levels, or \(levels)."
    case .tooManyParameters(let found, let allowed):
      "The network has \(found) weights, at most \(allowed) can be built. Give it fewer channels or "
        + "smaller kernels."
    case .badTopology(let fault):
      "The topology cannot be built: \(fault)."
    case .badSpace(let fault):
      "The search space is empty or too large: \(fault)."
    case .badChain(let fault):
      "The chain cannot be built: \(fault)."
    case .badBranches(let fault):
      "The branched network cannot be built: \(fault)."
    case .badCellText(let text):
      "'\(text)' is not a cell of NAS-Bench-201. Write it as "
        + "|op~0|+|op~0|op~1|+|op~0|op~1|op~2| with the operations "
        + NASBench201Cell.Operation.allCases.map(\.rawValue).joined(separator: ", ") + "."
    case .missingKind(let known):
      "The design says neither 'kind' nor 'cells'. Known kinds: \(known.joined(separator: ", "))."
    case .unknownName(let concept, let found, let known):
      "Unknown \(concept) '\(found)'. Known: \(known.joined(separator: ", "))."
    case .unknownKey(let concept, let found, let known):
      "Unknown key '\(found)' in \(concept). Known keys: \(known.joined(separator: ", "))."
    case .missingKey(let concept, let key):
      "There is no '\(key)' in \(concept). Add it."
    case .inCell(let index, let error):
      "Cell \(index): \(error)"
    }
  }

  private var modalityText: String {
    switch self {
    case .tooManyModalities(let found, let allowed):
      "At most \(allowed) modalities can be fused, found \(found)."
    case .tooManySubsets(let modalities, let allowed):
      "\(modalities) modalities have too many subsets, those of at most \(allowed) can be measured. "
        + "Leave some modalities out."
    case .emptyModality(let position):
      "Modality \(position) has an empty name. Give every modality a name."
    case .repeatedModality(let name):
      "The modality '\(name)' is named twice. Name every modality once."
    default:
      "There is no modality. Name at least one."
    }
  }

  private var cellText: String {
    switch self {
    case .badNodeCount(let found, let allowed):
      "A cell has \(allowed.lowerBound) to \(allowed.upperBound) nodes, found \(found)."
    case .deadNode(let node):
      "Node \(node) reads nothing. Give it at least one edge."
    case .tooManyEdges(let node, let found, let allowed):
      "Node \(node) has \(found) edges, at most \(allowed) are allowed."
    case .badSource(let node, let source, let inputs):
      "Node \(node) reads state \(source), but may only read states 0 to \(inputs + node - 1): "
        + "the \(inputs) inputs and the nodes before it."
    case .unusedNode(let node):
      "Node \(node) is read by no later node. Let one read it, or leave it out."
    case .badCoordination:
      "A coordinated cell is one node that takes the mean of two modalities or more, each of them "
        + "read once and without cross-modal attention. Give it that node, or make the cell joint."
    case .badWeight(let weight, let allowed):
      "The weight of a constraint is above 0 and at most \(allowed), found \(weight)."
    default:
      "The cell cannot be built."
    }
  }
}
