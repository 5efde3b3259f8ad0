import Architecture
import Imaging

/// `best.png`: a genotype as boxes and arrows, one row of them per cell.
enum GenotypePicture {
  static func write(_ genotype: Genotype, to path: String) throws(ImagingError) {
    try PNG.write(GraphPicture.picture(of: graphs(of: genotype)), to: path)
  }

  static func graphs(of genotype: Genotype) -> [GraphPicture] {
    genotype.cells.enumerated().map { index, cell in
      let inputs = genotype.modalities.map { GraphPicture.Box(title: $0) }
      let nodes = cell.nodes.enumerated().map { place, node in
        let isOutput = place == cell.nodes.count - 1
        let alone = isOutput ? "output" : "node \(place)"
        return GraphPicture.Box(
          title: node.edges.count == 1 ? alone : node.combination.title, isMarked: isOutput)
      }
      let arrows = cell.nodes.enumerated().flatMap { place, node in
        node.edges.map { edge in
          GraphPicture.Arrow(
            from: edge.source, to: cell.inputs + place, title: edge.operation.title)
        }
      }
      let place = genotype.cells.count == 1 ? "all levels" : "level \(index)"
      let title = cell.coordination == nil ? place : "\(place): \(cell.representation.title)"
      return GraphPicture(title: title, boxes: inputs + nodes, arrows: arrows)
    }
  }
}
