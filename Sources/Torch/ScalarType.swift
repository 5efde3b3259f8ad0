/// What the numbers of a tensor are.
///
/// The raw values are CTorch's.
public enum ScalarType: Int32, CaseIterable, Sendable {
  case float32 = 0
  case float64 = 1

  /// Classes and indices.
  case int64 = 2

  /// Classes in an eighth of the memory.
  case uint8 = 3
}
