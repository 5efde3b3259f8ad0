import CKernels

typealias Axes = (Int64, Int64, Int64)

func list(_ axes: Axes) -> [Int] { [Int(axes.0), Int(axes.1), Int(axes.2)] }

func axes(_ list: [Int]) -> Axes { (Int64(list[0]), Int64(list[1]), Int64(list[2])) }

/// A convolution's sizes with the output that they give; padded by half the kernel unless said.
func convolution(
  batch: Int = 2, channels: (Int, Int), input: [Int], kernel: [Int], stride: [Int] = [1, 1, 1],
  padding: [Int]? = nil, dilation: [Int] = [1, 1, 1]
) -> ckernels_convolution {
  let padding = padding ?? (0..<3).map { kernel[$0] / 2 * dilation[$0] }
  let output = (0..<3).map { (axis: Int) -> Int in
    let reach: Int = dilation[axis] * (kernel[axis] - 1)
    return (input[axis] + 2 * padding[axis] - reach - 1) / stride[axis] + 1
  }
  return ckernels_convolution(
    batch: Int64(batch), input_channels: Int64(channels.0), output_channels: Int64(channels.1),
    input: axes(input), output: axes(output), kernel: axes(kernel), stride: axes(stride),
    padding: axes(padding), dilation: axes(dilation))
}

/// Sizes with everything in them: odd and single voxels, channels that fill no block, strides and
/// dilations that differ from axis to axis.
func randomConvolution(
  plain: Bool, using generator: inout some RandomNumberGenerator
) -> ckernels_convolution {
  let kernel = (0..<3).map { _ in generator.whole(0...3) == 0 ? 1 : 3 }
  let dilation = (0..<3).map { _ in generator.whole(1...2) }
  let padding = (0..<3).map { _ in generator.whole(0...2) }
  let input = (0..<3).map { (axis: Int) -> Int in
    let reach: Int = dilation[axis] * (kernel[axis] - 1)
    return max(generator.whole(1...9), reach + 1 - 2 * padding[axis])
  }
  return convolution(
    batch: generator.whole(1...2),
    channels: (plain ? generator.whole(1...4) : generator.whole(1...20), generator.whole(1...35)),
    input: input, kernel: kernel, stride: (0..<3).map { _ in generator.whole(1...2) },
    padding: padding, dilation: dilation)
}
