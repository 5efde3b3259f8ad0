/// A chain or a branched network as boxes and arrows.
public struct DesignGraph: Hashable, Sendable {
  /// An arrow between two boxes, by their numbers.
  public struct Arrow: Hashable, Sendable {
    public let from: Int
    public let to: Int
    public let title: String
  }

  public let title: String

  /// Every box is in front of those that read it; the last one is the output.
  public let boxes: [String]
  public let arrows: [Arrow]

  /// The graph for Graphviz: `dot -Tpng` makes a picture of it.
  public var dot: String {
    var lines = ["digraph network {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    lines.append("  label=\(title.inDOT);")
    for (index, box) in boxes.enumerated() {
      let border = index == boxes.count - 1 ? ", peripheries=2" : ""
      lines.append("  box\(index) [label=\(box.inDOT)\(border)];")
    }
    for arrow in arrows {
      lines.append("  box\(arrow.from) -> box\(arrow.to) [label=\(arrow.title.inDOT)];")
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }
}

extension NetworkDesign {
  /// The network as a graph; `nil` for designs on levels, which have a graph per cell or none.
  public var graph: DesignGraph? {
    switch self {
    case .fused, .early, .single: nil
    case .chain(let names, let chain): chain.graph(reading: names)
    case .branched(let names, let branches): branches.graph(reading: names)
    }
  }

  /// The network as text for Graphviz; `nil` for a baseline.
  public var dot: String? { genotype?.dot ?? graph?.dot }
}

extension ChainGenotype {
  fileprivate func graph(reading names: [String]) -> DesignGraph {
    var boxes = [names.joined(separator: ", ")]
    var arrows: [DesignGraph.Arrow] = []
    for (index, stage) in encoder.enumerated() {
      boxes.append("\(stage)")
      arrows.append(.init(from: index, to: index + 1, title: index == 0 ? "" : "halved"))
    }
    for (index, stage) in decoder.enumerated() {
      boxes.append("\(stage)")
      let place = boxes.count - 1
      arrows.append(.init(from: place - 1, to: place, title: "doubled"))
      arrows.append(.init(from: encoder.count - 1 - index, to: place, title: "beside"))
    }
    boxes.append("output")
    let isWhole = decoder.count == encoder.count - 1
    arrows.append(
      .init(from: boxes.count - 2, to: boxes.count - 1, title: isWhole ? "" : "enlarged"))
    return DesignGraph(
      title: "chain, \(normalization.rawValue), \(activation.rawValue)", boxes: boxes,
      arrows: arrows)
  }
}

extension BranchedGenotype {
  fileprivate func graph(reading names: [String]) -> DesignGraph {
    let arrows = layers.enumerated().flatMap { index, layer in
      layer.sources.map { source in
        DesignGraph.Arrow(
          from: source, to: index + 1, title: layer.sources.count > 1 ? layer.merge.rawValue : "")
      }
    }
    return DesignGraph(
      title: "branches",
      boxes: [names.joined(separator: ", ")] + layers.map { "\($0.kernel)³×\($0.channels)" }
        + ["output"],
      arrows: arrows + [.init(from: layers.count, to: layers.count + 1, title: "")])
  }
}

extension String {
  /// In the quotes of the DOT language.
  var inDOT: String {
    let escaped = flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"\(String(escaped))\""
  }
}
