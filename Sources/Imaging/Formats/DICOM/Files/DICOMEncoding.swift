/// How the attributes and the pixels of a DICOM file are written: its transfer syntax.
struct DICOMEncoding: Hashable {
  /// How pixels are compressed.
  enum Compression: Hashable {
    case none, rle, jpeg, jpegLS, jpeg2000
  }

  /// Whether every attribute says its type.
  var isExplicit = true

  /// Whether numbers have their highest byte first.
  var isBigEndian = false

  /// Whether all that follows the file's own header is compressed, as gzip does.
  var isDeflated = false

  /// How pixels are compressed.
  var compression = Compression.none

  /// The encoding of the file's own header, whatever follows it.
  static let header = DICOMEncoding()

  /// Types unsaid, lowest byte first: what DICOM assumes where nothing is said.
  static let implicit = DICOMEncoding(isExplicit: false)

  /// The encoding that a transfer syntax means, or `nil` for one that is not read.
  ///
  /// Source: DICOM PS3.5 section 10 and annex A, PS3.6 annex A.
  init?(transferSyntax: String) {
    switch transferSyntax {
    case "1.2.840.10008.1.2": isExplicit = false
    case "1.2.840.10008.1.2.1": break
    case "1.2.840.10008.1.2.1.99": isDeflated = true
    case "1.2.840.10008.1.2.2": isBigEndian = true
    case "1.2.840.10008.1.2.5": compression = .rle
    case "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.53",
      "1.2.840.10008.1.2.4.55", "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70":
      compression = .jpeg
    case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81": compression = .jpegLS
    case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91": compression = .jpeg2000
    default: return nil
    }
  }

  private init(isExplicit: Bool = true) {
    self.isExplicit = isExplicit
  }

  /// What a person calls transfer syntaxes that are not read.
  static func name(ofUnread transferSyntax: String) -> String {
    switch transferSyntax {
    case "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101": "MPEG-2 video"
    case "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.103", "1.2.840.10008.1.2.4.104",
      "1.2.840.10008.1.2.4.105", "1.2.840.10008.1.2.4.106":
      "MPEG-4 video"
    case "1.2.840.10008.1.2.4.107", "1.2.840.10008.1.2.4.108": "HEVC video"
    case "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203":
      "pixels in High-Throughput JPEG 2000"
    default: "the transfer syntax \(transferSyntax.prefix(64))"
    }
  }
}
