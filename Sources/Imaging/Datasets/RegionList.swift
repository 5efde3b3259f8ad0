/// Reads `{"whole": ["core", "oedema"]}`: the regions of a dataset, by the names of its labels.
enum RegionList {
  /// The regions in the order of the file.
  static func read(
    _ file: DescriptionFile, labels: [Label]
  ) throws(ImagingError) -> [Region] {
    guard file.top["regions"] != nil else { return [] }
    let object = try file.object("regions")
    var regions: [Region] = []
    for name in file.inFileOrder(Array(object.keys), after: "regions") {
      let expected = "a list of labels, such as [\"\(labels.first?.name ?? "tumour")\"]"
      guard case .array(let entries)? = object[name], !entries.isEmpty else {
        throw file.bad("regions: \(name)", expected: expected, found: object[name] ?? .null)
      }
      var values: [Int] = []
      for entry in entries {
        values.append(try value(of: entry, in: name, labels: labels, file: file))
      }
      regions.append(Region(name: name, values: values))
    }
    return regions
  }

  /// The number of a label that is given by its name or number.
  private static func value(
    of entry: JSONValue, in region: String, labels: [Label], file: DescriptionFile
  ) throws(ImagingError) -> Int {
    let label =
      if case .string(let name) = entry {
        labels.first { $0.name == name }
      } else {
        labels.first { $0.value == entry.integer }
      }
    guard let label else {
      throw file.bad(
        "regions: \(region)",
        expected: "made of the labels \(labels.map(\.name).joined(separator: ", "))", found: entry)
    }
    return label.value
  }
}
