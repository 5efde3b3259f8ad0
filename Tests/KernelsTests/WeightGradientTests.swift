import CKernels
import Randomness
import Testing

extension KernelTests {
  struct WeightGradientTests {
    @Test(arguments: 0..<24) func equalsTheDefinitionOverRandomShapes(seed: UInt64) {
      var generator = SplitMix64(seed: seed)
      let sizes = randomConvolution(plain: seed % 3 == 0, using: &generator)
      expectDefinition(sizes, plain: seed % 3 == 0, using: &generator)
    }

    @Test func equalsTheDefinitionWithManyChannelsOfFewVoxels() {
      var generator = SplitMix64(seed: 100)
      let sizes = convolution(channels: (65, 129), input: [2, 4, 4], kernel: [3, 3, 3])
      expectDefinition(sizes, plain: false, using: &generator)
    }

    @Test func equalsTheDefinitionOverSeveralSlicesOfLongRows() {
      var generator = SplitMix64(seed: 101)
      let sizes = convolution(channels: (3, 2), input: [5, 9, 300], kernel: [1, 3, 3])
      expectDefinition(sizes, plain: true, using: &generator)
      expectDefinition(sizes, plain: false, using: &generator)
    }

    @Test func refusesAnOutputOfAnotherSize() {
      var sizes = convolution(channels: (1, 1), input: [4, 4, 4], kernel: [3, 3, 3])
      sizes.output.1 = 5
      var numbers = [Float](repeating: 0, count: 1000)
      #expect(ckernels_weight_gradient(&sizes, &numbers, nil, numbers, numbers) == 1)
      #expect(
        String(cString: ckernels_last_error())
          == "a convolution's output does not have the size that its input and kernel give")
    }

    private func expectDefinition(
      _ given: ckernels_convolution, plain: Bool, using generator: inout some RandomNumberGenerator
    ) {
      var sizes = given
      let input = Images(
        batch: Int(sizes.batch), channels: Int(sizes.input_channels), size: list(sizes.input),
        using: &generator)
      let gradient = Images(
        batch: Int(sizes.batch), channels: Int(sizes.output_channels), size: list(sizes.output),
        using: &generator)
      let outputs = gradient.channels
      let count = outputs * input.channels * list(sizes.kernel).reduce(1, *)
      let read = plain ? input.numbers : input.blocked
      let found = everyWay {
        var weight = [Float](repeating: .nan, count: count)
        var bias = [Float](repeating: .nan, count: outputs)
        let kernel = plain ? ckernels_weight_gradient_plain : ckernels_weight_gradient
        #expect(kernel(&sizes, &weight, &bias, read, gradient.blocked) == 0)
        return [weight, bias]
      }
      expectNear(found[0], weightGradient(sizes, input, gradient), "\(sizes)")
      expectNear(found[1], sums(gradient), "\(sizes)")
    }

    /// What the kernel must compute, in float64 and in the order of the definition.
    private func weightGradient(
      _ sizes: ckernels_convolution, _ input: Images, _ gradient: Images
    ) -> [Double] {
      let (kernel, size) = (list(sizes.kernel), gradient.size)
      let start = { (tap: Int, axis: Int) in
        tap * list(sizes.dilation)[axis] - list(sizes.padding)[axis]
      }
      let stride = list(sizes.stride)
      var result: [Double] = []
      for output in 0..<gradient.channels {
        for channel in 0..<input.channels {
          for tap in 0..<kernel.reduce(1, *) {
            let z0 = start(tap / (kernel[1] * kernel[2]), 0)
            let y0 = start(tap / kernel[2] % kernel[1], 1)
            let x0 = start(tap % kernel[2], 2)
            var sum = 0.0
            for place in 0..<gradient.batch * gradient.voxels {
              let (image, voxel) = place.quotientAndRemainder(dividingBy: gradient.voxels)
              let (x, y) = (voxel % size[2], voxel / size[2] % size[1])
              let z = voxel / (size[2] * size[1])
              sum +=
                gradient.at(image, output, z, y, x)
                * input.at(
                  image, channel, z * stride[0] + z0, y * stride[1] + y0, x * stride[2] + x0)
            }
            result.append(sum)
          }
        }
      }
      return result
    }

    private func sums(_ images: Images) -> [Double] {
      (0..<images.channels).map { channel in
        (0..<images.batch).reduce(0) { sum, image in
          let start = (image * images.channels + channel) * images.voxels
          return images.numbers[start..<start + images.voxels].reduce(sum) { $0 + Double($1) }
        }
      }
    }
  }
}
