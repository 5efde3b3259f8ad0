/// What the numbers of a tensor are.
///
/// The raw values are CTorch's.
public enum ScalarType: Int32, CaseIterable, Sendable {
  case float32 = 0
  case float64 = 1

  /// Classes and indices.
  case int64 = 2

  /// The size of one number.
  public var bytes: Int { self == .float32 ? 4 : 8 }
}
