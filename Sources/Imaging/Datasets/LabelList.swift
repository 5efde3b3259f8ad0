/// Reads `{"background": 0, "tumour": 1}`, as Chiasm and nnU-Net write labels.
enum LabelList {
  /// The labels by ascending value, without background.
  static func read(
    _ object: [String: JSONValue], in file: DescriptionFile
  ) throws(ImagingError) -> [Label] {
    var names: [Int: String] = [:]
    for (name, value) in object.sorted(by: { $0.key < $1.key }) {
      guard let number = value.integer, (0...65535).contains(number) else {
        throw file.bad(
          "labels: \(name)", expected: "a whole number from 1 to 65535 (0 is background)",
          found: value)
      }
      if let other = names[number] {
        throw file.bad(
          "labels: \(name)", expected: "a number that no other label has",
          found: .string("\(number), as \(other)"))
      }
      names[number] = name
    }
    return names.filter { $0.key != 0 }.sorted { $0.key < $1.key }
      .map { Label(name: $0.value, value: $0.key) }
  }
}
