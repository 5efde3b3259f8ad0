import Architecture
import Torch

/// Adds to the mean of the present features what every voxel gathers by attention from all of them in
/// its window.
///
/// A voxel asks with a query made of the mean; every voxel of its window answers once per modality
/// that is present, with a key and a value of that modality's own weights. Windows are cubes that do
/// not overlap, so the scores take a fixed number of values per voxel, whatever the image's size.
///
/// Source: the scaled dot product of A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017;
/// across modalities as in Y. Tsai et al., "Multimodal Transformer for Unaligned Multimodal Language
/// Sequences", ACL 2019; in windows as in Z. Liu et al., "Swin Transformer", ICCV 2021. One head, no
/// positions.
struct WindowedAttention: PartedJoining {
  private let query: Convolution3D
  private var keys: [Convolution3D]
  private var values: [Convolution3D]
  private let output: Convolution3D

  init(
    edges: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    func map() throws(TorchError) -> Convolution3D {
      try Convolution3D(
        inChannels: channels, outChannels: channels, kernel: [1, 1, 1], using: &generator)
    }
    query = try map()
    var (keys, values): ([Convolution3D], [Convolution3D]) = ([], [])
    for _ in 0..<edges {
      keys.append(try map())
      values.append(try map())
    }
    (self.keys, self.values) = (keys, values)
    output = try map()
  }

  func callAsFunction(_ features: [PartialFeatures]) throws(TorchError) -> Tensor {
    let mean = try Mean()(features)
    let windows = WindowPartition(of: mean.shape, edge: Combination.attentionWindow)
    var (askable, answers, present): ([Tensor], [Tensor], [[Bool]]) = ([], [], [])
    for (index, part) in features.enumerated() {
      guard let tensor = part.tensor else { continue }
      askable.append(try windows.split(keys[index](tensor)))
      answers.append(try windows.split(values[index](tensor)))
      present.append(part.isPresent)
    }
    let gathered = try Attention.gather(
      queries: windows.split(query(mean)), keys: Tensor.concatenated(askable, axis: 1),
      values: Tensor.concatenated(answers, axis: 1), bar: windows.bar(present: present))
    return try mean + output(windows.joined(gathered))
  }

  func keeping(_ edges: [Int]) -> WindowedAttention {
    var part = self
    (part.keys, part.values) = (edges.map { keys[$0] }, edges.map { values[$0] })
    return part
  }

  var children: [(name: String, module: any Module)] {
    [(name: "query", module: query)]
      + keys.enumerated().map { (name: "key\($0)", module: $1 as any Module) }
      + values.enumerated().map { (name: "value\($0)", module: $1 as any Module) }
      + [(name: "output", module: output)]
  }
}
