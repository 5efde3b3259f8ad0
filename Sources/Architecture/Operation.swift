/// What an edge of a fusion cell does to the features it carries.
///
/// All but ``crossModalAttention`` look at nothing else. Every operation keeps the grid and the number of channels. A block is a convolution with instance
/// normalisation and a leaky ReLU.
///
/// Source: the candidates of H. Liu et al., "DARTS: Differentiable Architecture Search", ICLR 2019,
/// section 3.1, in three dimensions, with a larger kernel and channel attention.
public enum Operation: String, Codable, CaseIterable, Hashable, Sendable {
  /// Passes the features on as they are.
  case skip

  /// A 1×1×1 convolution block: mixes the channels of each voxel.
  case convolution1

  /// A 3×3×3 convolution block: mixes the channels of a neighbourhood.
  case convolution3

  /// A 5×5×5 convolution block.
  case convolution5

  /// A 3×3×3 convolution of each channel alone, then a 1×1×1 convolution block.
  ///
  /// Source: F. Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", CVPR 2017.
  case separable3

  /// A 3×3×3 convolution block that reads every second voxel, so that it spans 5×5×5.
  ///
  /// Source: F. Yu, V. Koltun, "Multi-Scale Context Aggregation by Dilated Convolutions", ICLR 2016.
  case dilated3

  /// The mean of each 3×3×3 neighbourhood, of its voxels inside the image.
  case averagePool3

  /// The largest number of each 3×3×3 neighbourhood.
  case maxPool3

  /// Each channel times a factor from 0 to 1 that depends on the means of all channels.
  ///
  /// Source: the squeeze and excitation of J. Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018.
  case channelAttention

  /// Adds to each voxel what it gathers by attention in the same window of whatever else its node reads, as
  /// far as a gate lets it; alone, of its own features.
  ///
  /// Source: the attention of A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, across modalities
  /// as in Y. Tsai et al., "Multimodal Transformer for Unaligned Multimodal Language Sequences", ACL 2019; the
  /// gate of J. Arevalo et al., "Gated Multimodal Units for Information Fusion", ICLR workshop 2017.
  case crossModalAttention
}

extension Operation {
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeName(of: "operation")
  }

  /// The name in one-line descriptions.
  public var title: String {
    switch self {
    case .skip: "skip"
    case .convolution1: "conv1"
    case .convolution3: "conv3"
    case .convolution5: "conv5"
    case .separable3: "sep3"
    case .dilated3: "dil3"
    case .averagePool3: "avg3"
    case .maxPool3: "max3"
    case .channelAttention: "se"
    case .crossModalAttention: "xatt"
    }
  }

  /// The number of means that ``channelAttention`` squeezes so many channels to.
  ///
  /// A quarter, as A. Howard et al., "Searching for MobileNetV3", ICCV 2019, take for thin networks.
  public static func squeezedChannels(of channels: Int) -> Int { max(1, channels / 4) }
}
