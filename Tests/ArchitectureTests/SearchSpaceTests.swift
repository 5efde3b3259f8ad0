import Architecture
import Randomness
import Testing

struct SearchSpaceTests {
  /// A walk that knows of its space only what the protocol says.
  private func walk<Space: SearchSpace>(in space: Space, steps: Int, seed: UInt64) -> [Space
    .Candidate]
  {
    var generator = SplitMix64(seed: seed)
    var path = [space.sample(using: &generator)]
    for step in 0..<steps { path.append(space.mutate(path[step], using: &generator)) }
    return path
  }

  @Test func aSearchNeedsNoMoreThanTheProtocol() throws {
    let space = try FusionCellSpace(modalities: ["ct", "mri"], levels: 2)
    let path = walk(in: space, steps: 20, seed: 2)
    #expect(path.allSatisfy { space.contains($0) })
    #expect(zip(path, path.dropFirst()).allSatisfy { $0 != $1 })
    #expect(space.count >= Double(Set(path).count))
  }
}
