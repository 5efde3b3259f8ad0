/// Reads `{"background": 0, "tumour": 1}`, as Chiasm and nnU-Net write labels.
enum LabelList {
  /// The most structures of a dataset: with background, what 8 bits count.
  private static let maximumCount = 255

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
    let labels = names.filter { $0.key != 0 }.sorted { $0.key < $1.key }
      .map { Label(name: $0.value, value: $0.key) }
    try check(labels, in: file)
    return labels
  }

  /// Refuses labels that share a value or a name, and more than masks can hold.
  static func check(_ labels: [Label], in file: DescriptionFile) throws(ImagingError) {
    var names: [Int: String] = [:]
    var values: [String: Int] = [:]
    for label in labels {
      if let other = names.updateValue(label.name, forKey: label.value) {
        throw file.bad(
          "labels: \(label.name)", expected: "a number that no other label has",
          found: .string("\(label.value), as \(other)"))
      }
      if let other = values.updateValue(label.value, forKey: label.name) {
        throw file.bad(
          "labels: \(label.value)", expected: "a name that no other label has",
          found: .string("\(label.name), as \(other)"))
      }
    }
    let count = labels.count { $0.value != 0 }
    guard count <= maximumCount else {
      throw file.bad(
        "labels", expected: "at most \(maximumCount) structures", found: .integer(count))
    }
  }
}
