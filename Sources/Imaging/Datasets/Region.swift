/// A structure that is judged as one: a label, or several labels together, as a whole tumour is its
/// core and its oedema.
public struct Region: Hashable, Sendable {
  /// The name that tables use.
  public let name: String

  /// The labels' numbers, ascending.
  public let values: [Int]

  /// The union of some labels.
  ///
  /// - Precondition: There is at least one, and none is 0.
  public init(name: String, values: some Sequence<Int>) {
    self.name = name
    self.values = Set(values).sorted()
    precondition(self.values.first ?? 0 > 0, "the region \(name) has the labels \(self.values)")
  }

  /// One label.
  public init(_ label: Label) {
    self.init(name: label.name, values: [label.value])
  }

  /// How nnU-Net writes the region as a key: `1`, or `(1, 2)`.
  public var key: String {
    values.count == 1
      ? String(values[0]) : "(\(values.map(String.init).joined(separator: ", ")))"
  }
}
