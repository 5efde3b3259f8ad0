public import Testing

/// Records a failure at the first of `found` that is further than `tolerance` from `expected`.
///
/// NaN is close to nothing, so an unexpected NaN fails too.
public func expectClose<Scalar: BinaryFloatingPoint>(
  _ found: [Scalar], _ expected: [Scalar], within tolerance: Scalar,
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "found \(found.count) numbers and expected \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  for (index, (number, wanted)) in zip(found, expected).enumerated()
  where !(abs(number - wanted) <= tolerance) {
    let place = found.count == 1 ? "" : "number \(index): "
    let note = comment.map { " (\($0))" } ?? ""
    Issue.record(
      "\(place)found \(number) and expected \(wanted) within \(tolerance)\(note)",
      sourceLocation: sourceLocation)
    return
  }
}

/// Records a failure when `found` is further than `tolerance` from `expected`.
public func expectClose<Scalar: BinaryFloatingPoint>(
  _ found: Scalar, _ expected: Scalar, within tolerance: Scalar,
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose([found], [expected], within: tolerance, comment, sourceLocation: sourceLocation)
}
