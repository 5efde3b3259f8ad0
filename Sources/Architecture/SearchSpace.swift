/// The set of genotypes a search may choose from.
public protocol SearchSpace: Sendable {
  /// The number of genotypes; exact up to 2⁵³.
  var count: Double { get }

  /// Whether a genotype belongs to the space.
  func contains(_ genotype: Genotype) -> Bool

  /// A genotype drawn uniformly from the space.
  func sample(using generator: inout some RandomNumberGenerator) -> Genotype

  /// A genotype of the space that differs from the given one by a single change.
  ///
  /// - Returns: Another genotype of the space; the same one only when the space holds no other.
  /// - Precondition: The space contains `genotype`.
  func mutate(_ genotype: Genotype, using generator: inout some RandomNumberGenerator) -> Genotype
}
