import Architecture
import Imaging

/// `best.png`: a network as boxes and arrows, of a fusion one row of them per cell.
enum GenotypePicture {
  static func write(_ design: NetworkDesign, to path: String) throws(ImagingError) {
    try PNG.write(GraphPicture.picture(of: graphs(of: design)), to: path)
  }

  static func graphs(of design: NetworkDesign) -> [GraphPicture] {
    if let genotype = design.genotype { return graphs(of: genotype) }
    guard let graph = design.graph else { return [] }
    return [
      GraphPicture(
        title: graph.title,
        boxes: graph.boxes.enumerated().map {
          .init(title: $1, isMarked: $0 == graph.boxes.count - 1)
        },
        arrows: graph.arrows.map { .init(from: $0.from, to: $0.to, title: $0.title) })
    ]
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
