/// Which voxels touch each other.
public enum Connectivity: String, CaseIterable, Hashable, Sendable {
  /// Those with a face in common: 6 neighbours.
  case faces

  /// Those with at least an edge in common: 18 neighbours.
  case edges

  /// Those with at least a corner in common: 26 neighbours.
  case corners

  /// The number of neighbours of a voxel.
  public var neighbours: Int {
    switch self {
    case .faces: 6
    case .edges: 18
    case .corners: 26
    }
  }

  /// The rows before a row whose runs can touch its own, and by how many voxels along x two runs
  /// may miss each other and still touch.
  var earlierRows: [(y: Int, z: Int, reach: Int)] {
    switch self {
    case .faces: [(-1, 0, 0), (0, -1, 0)]
    case .edges: [(-1, 0, 1), (0, -1, 1), (-1, -1, 0), (1, -1, 0)]
    case .corners: [(-1, 0, 1), (0, -1, 1), (-1, -1, 1), (1, -1, 1)]
    }
  }
}
