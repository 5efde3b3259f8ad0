/// Pictures of a mask over the scans it was made from.
public enum Overlay {
  /// The space between the tiles, in pixels.
  private static let gap = 4

  /// The strip above the tiles for their titles, and the one below for the legend, in pixels.
  private static let strip = 22

  /// One axial slice of every scan side by side, the predicted labels as a translucent fill and the
  /// reference labels as a contour, both in the label's colour.
  ///
  /// The slice is the one that shows the most labels, and of those the one with the most labelled
  /// voxels, by the reference where there is one. As radiologists look at it: the patient's right
  /// is on the left, the front is at the top. Pixels are square whatever the spacing.
  ///
  /// - Parameters:
  ///   - scans: The scans with their titles, each on its own grid.
  ///   - prediction: The predicted labels; its grid decides which part of the world is shown.
  ///   - reference: The true labels, on any grid.
  ///   - labels: The labels to name below the picture.
  ///   - tileSize: The longer side of a tile, in pixels.
  ///   - threads: How many threads take part at most; `nil` for one per core.
  public static func picture(
    of scans: [(title: String, volume: Volume<Float>)], prediction: LabelMap,
    reference: LabelMap? = nil, labels: [Label] = [], tileSize: Int = 256, threads: Int? = nil
  ) -> PNGImage {
    precondition(!scans.isEmpty, "a picture needs at least one scan")
    let plane = SlicePlane(
      showing: reference ?? prediction, of: prediction, tileSize: tileSize, threads: threads)
    let predicted = prediction.resampled(onto: plane.geometry, threads: threads)
    let contour = reference.map {
      Contour.of($0.resampled(onto: plane.geometry, threads: threads))
    }
    let width = scans.count * (plane.width + gap) - gap
    let legend = labels.isEmpty ? 0 : strip
    var canvas = Canvas(width: width, height: strip + plane.height + legend)
    for (index, scan) in scans.enumerated() {
      let left = index * (plane.width + gap)
      canvas.write(scan.title, column: left + 4, row: 4)
      let tile = GreyWindow(of: scan.volume)
        .levels(of: scan.volume, on: plane.geometry, threads: threads)
      for row in 0..<plane.height {
        for column in 0..<plane.width {
          let place = row * plane.width + column
          var colour = Colour.grey(tile[place])
          let label = predicted.voxels[place]
          if label > 0 { colour = colour.mixed(with: Palette.colour(of: label), part: 0.4) }
          if let edge = contour?[place], edge > 0 { colour = Palette.colour(of: edge) }
          canvas[left + column, strip + row] = colour
        }
      }
    }
    drawLegend(labels, on: &canvas, row: strip + plane.height)
    return canvas.image
  }

  /// Writes as many labels' names as there is room for, each after a square of its colour.
  private static func drawLegend(_ labels: [Label], on canvas: inout Canvas, row: Int) {
    var left = 4
    for label in labels {
      let width = Canvas.width(of: label.name)
      guard left + 18 + width <= canvas.width else { return }
      canvas.fill(
        column: left, row: row + 4, width: 14, height: 14,
        with: Palette.colour(of: UInt16(clamping: label.value)))
      canvas.write(label.name, column: left + 18, row: row + 4)
      left += 18 + width + 10
    }
  }
}

/// Where labels end.
enum Contour {
  /// For every pixel its label where the pixel right or below, left or above has another, else 0.
  static func of(_ slice: LabelMap) -> [UInt16] {
    let (width, height) = (slice.geometry.size.x, slice.geometry.size.y)
    var edges = [UInt16](repeating: 0, count: width * height)
    for row in 0..<height {
      for column in 0..<width {
        let label = slice[column, row, 0]
        let isInside =
          column > 0 && column < width - 1 && row > 0 && row < height - 1
          && slice[column - 1, row, 0] == label && slice[column + 1, row, 0] == label
          && slice[column, row - 1, 0] == label && slice[column, row + 1, 0] == label
        if !isInside { edges[row * width + column] = label }
      }
    }
    return edges
  }
}
