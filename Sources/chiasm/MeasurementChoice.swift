import Imaging
import Metrics

/// What `evaluate` measures, as its options say.
struct MeasurementChoice {
  /// The word for measuring no surfaces.
  private static let noSurfaces = "none"

  /// The lines of the help text.
  static let help: [Help.Option] = [
    .init(
      "surfaces", "NAME",
      "What a surface is: surfels (weighted by area, as surface-distance), voxels (boundary voxels, "
        + "as MONAI), contours (as SimpleITK), or none.", standard: "surfels"),
    .init("percentiles", "P,Q", "The percentiles of Hausdorff distances.", standard: "95"),
    .init("tolerances", "MM,MM", "The tolerances of the surface Dice, in mm.", standard: "1"),
    .init(
      "lesions", "NAME",
      "Also tell lesions apart: voxels with common faces (6 neighbours), edges (18) or corners "
        + "(26) belong together."),
    .init(
      "lesion-minimum", "MM3",
      "The volume under which a lesion is neither demanded nor held against the prediction.",
      standard: "0"),
  ]

  let options: MeasurementOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    var options = MeasurementOptions()
    if let name = try arguments.option("surfaces") {
      options.surfaces = SurfaceConvention(rawValue: name)
      if options.surfaces == nil, name != Self.noSurfaces {
        let known = SurfaceConvention.allCases.map(\.rawValue) + [Self.noSurfaces]
        throw UsageError(
          "--surfaces takes one of \(known.joined(separator: ", ")), not '\(name)'.")
      }
    }
    options.percentiles =
      try arguments.numbers("percentiles", from: 0, to: 100) ?? options.percentiles
    options.tolerances =
      try arguments.numbers("tolerances", from: 0, to: 1e6) ?? options.tolerances
    let minimum = try arguments.numbers("lesion-minimum", from: 0, to: 1e9)
    if let connectivity = try arguments.choice("lesions", of: Connectivity.self) {
      options.lesions = LesionOptions(
        connectivity: connectivity, minimumVolume: minimum?.first ?? 0)
    } else if minimum != nil {
      throw UsageError("--lesion-minimum needs --lesions.")
    }
    self.options = options
  }
}
