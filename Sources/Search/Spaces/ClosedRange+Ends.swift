import Architecture

extension ClosedRange<Int> {
  /// Two numbers of a pipeline as what lies between them.
  ///
  /// - Parameter name: The key.
  /// - Throws: `ArchitectureError/badSpace(_:)` when they are not two, or the second is the smaller.
  init(ends: [Int], of name: String) throws(ArchitectureError) {
    guard ends.count == 2, ends[0] <= ends[1] else {
      throw .badSpace("\"\(name)\" is \(ends), expected the least and the most")
    }
    self = ends[0]...ends[1]
  }
}
