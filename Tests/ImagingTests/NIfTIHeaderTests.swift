import Imaging
import Testing

/// The affines were read with nibabel 5.4.2 from files of the same fields.
struct NIfTIHeaderTests {
  @Test func theSformCountsFirst() throws {
    let header = try header(
      NIfTIBytes(qformCode: 1, sformCode: 2, sform: [0, -3, 0, 9, 2, 0, 0, 8, 0, 0, 4, 7]))
    #expect(
      header.geometry.affine == [[0, -3, 0, 9], [2, 0, 0, 8], [0, 0, 4, 7], [0, 0, 0, 1]])
    #expect(header.geometry.spacing == [2, 3, 4])
    #expect(header.sformCode == 2)
    #expect(header.qformCode == 1)
  }

  @Test func theQformCountsWithoutAnSform() throws {
    // Half a turn about z, and a left-handed grid.
    let header = try header(
      NIfTIBytes(
        pixdim: [-1, 2, 3, 4, 1, 1, 1, 1], qformCode: 1, quaternion: [0, 0, 1],
        quaternionOffset: [10, 20, 30]))
    #expect(
      header.geometry.affine == [[-2, 0, 0, 10], [0, -3, 0, 20], [0, 0, -4, 30], [0, 0, 0, 1]])
  }

  @Test func aQuaternionTurns() throws {
    // A quarter turn about x: y goes to z.
    let half = 0.5.squareRoot()
    let header = try header(
      NIfTIBytes(version: 2, qformCode: 3, quaternion: [half, 0, 0]))
    let expected: [[Double]] = [[2, 0, 0, 0], [0, 0, -4, 0], [0, 3, 0, 0], [0, 0, 0, 1]]
    #expect(largestDifference(header.geometry.affine, expected) < 1e-12)
  }

  @Test func withoutBothTheBoxIsCentredAndXPointsLeft() throws {
    let header = try header(NIfTIBytes())
    #expect(
      header.geometry.affine == [[-2, 0, 0, 2], [0, 3, 0, -1.5], [0, 0, 4, -2], [0, 0, 0, 1]])
  }

  @Test func aFlatFileHasAThicknessOfOneWithoutOrientation() throws {
    let header = try header(NIfTIBytes(dim: [2, 3, 4, 1, 1, 1, 1, 1]))
    #expect(header.geometry.size == [3, 4, 1])
    #expect(header.geometry.spacing == [2, 3, 1])
  }

  @Test func unknownCodesCountAsNone() throws {
    let header = try header(NIfTIBytes(qformCode: 77, sformCode: -2))
    #expect(header.geometry.affine[0] == [-2, 0, 0, 2])
  }

  @Test func voxelSizesOfZeroAreOneAndSignsAreDropped() throws {
    let header = try header(NIfTIBytes(pixdim: [0, -2, 0, 4, 1, 1, 1, 1], qformCode: 1))
    #expect(header.geometry.affine == [[2, 0, 0, 0], [0, 1, 0, 0], [0, 0, 4, 0], [0, 0, 0, 1]])
  }

  @Test func voxelSizesThatAreNoNumbersAreRefused() throws {
    let bytes = NIfTIBytes(pixdim: [1, 2, .nan, 4, 1, 1, 1, 1], qformCode: 1)
    let folder = try ScratchFolder()
    let path = try folder.store(bytes.file(Array(repeating: 0, count: 12)), as: "a.nii")
    #expect(
      imagingError { try NIfTI.readHeader(at: path) }
        == .unsupported(
          path: path, found: "a qform whose voxels have no volume",
          advice: "Correct the header's voxel sizes and orientation."))
  }

  @Test func voxelSizesDoNotMatterWhereAnSformIs() throws {
    let header = try header(NIfTIBytes(pixdim: [1, .nan, 0, -4, 1, 1, 1, 1], sformCode: 1))
    #expect(header.geometry.spacing == [2, 3, 4])
  }

  @Test func aFlatSformIsRefused() throws {
    let bytes = NIfTIBytes(sformCode: 1, sform: Array(repeating: 0, count: 12))
    let folder = try ScratchFolder()
    let path = try folder.store(bytes.file(Array(repeating: 0, count: 12)), as: "a.nii")
    #expect(
      imagingError { try NIfTI.readHeader(at: path) }
        == .unsupported(
          path: path, found: "an sform whose voxels have no volume",
          advice: "Correct the header's voxel sizes and orientation."))
  }

  private func header(_ bytes: NIfTIBytes) throws -> NIfTIHeader {
    let folder = try ScratchFolder()
    let voxels = [UInt8](repeating: 0, count: 12)
    return try NIfTI.readHeader(at: folder.store(bytes.file(voxels), as: "a.nii"))
  }
}
