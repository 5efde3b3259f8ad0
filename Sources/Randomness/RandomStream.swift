/// The streams of a seed that are not counted from zero, so that no two uses share one.
///
/// Training batches and phantoms take the streams 0, 1, 2, …; validation patches count down.
public enum RandomStream {
  /// The first weights of a network.
  public static let firstWeights = UInt64.max

  /// The genotypes that a search draws.
  public static let genotypes = UInt64.max - 1

  /// The cases that a search learns from and measures on.
  public static let searchCases = UInt64.max - 2

  /// What a search is compared with draws.
  public static let rivals = UInt64.max - 3

  /// The voxels at which coordinated modalities are compared.
  public static let coordination = UInt64.max - 4

  /// The networks that a table of latencies is checked with.
  public static let latency = UInt64.max - 12

  /// The networks that a supernet is trained for.
  public static let supernetPaths = UInt64.max - 10

  /// What a strategy that follows gradients draws.
  public static let architecture = UInt64.max - 11

  /// The points at which scans that are registered are compared, at the n-th level of a pyramid, take
  /// this stream minus n.
  public static let registrationSamples = UInt64.max - 100

  /// The batches of trial n of a search whose trials inherit weights take this stream minus n.
  public static let descendants = UInt64.max - 1_000_000_000_000

  /// The patch of validation case n takes this stream minus n.
  public static let validationPatches = UInt64.max - 1_000

  /// Of a batch's key: the modalities that are left out of patch n take this stream minus n.
  public static let modalityDropout = UInt64.max

  /// Of a batch's key: whom its patches show where scans share no space.
  public static let patients = UInt64.max - 2_000
}
