import CDeflate
import Foundation
import Testing

@testable import Imaging

/// gzip as it is written, and as others write it.
struct GzipFileTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  /// A volume that takes several pieces on several cores, half of it noise.
  private var volume: Volume<Float> {
    let grid = Geometry(size: [120, 100, 90], spacing: .one)
    var state: UInt32 = 1
    let voxels = (0..<grid.voxelCount).map { index -> Float in
      state = state &* 1_664_525 &+ 1_013_904_223
      return index % 2 == 0 ? 0 : Float(state >> 8)
    }
    return Volume(geometry: grid, voxels: voxels)
  }

  @Test func whatIsWrittenInPiecesComesBackByBothWays() throws {
    try NIfTI.write(volume, to: folder["a.nii.gz"])
    #expect(try NIfTI.read(at: folder["a.nii.gz"]).volume.voxels == volume.voxels)
    // Bytes after the voxels make the fast way give up, and the stream takes over.
    let plain = folder["a.nii"]
    try NIfTI.write(volume, to: plain)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: plain)))
    let longer = try folder.store(gzip(bytes + [1, 2, 3]), as: "longer.nii.gz")
    #expect(try NIfTI.read(at: longer).volume.voxels == volume.voxels)
  }

  @Test func thereIsOneMemberAndNoNameOrTime() throws {
    try NIfTI.write(volume, to: folder["a.nii.gz"])
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder["a.nii.gz"])))
    #expect(bytes.prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 3])
    let length = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length == 352 + 4 * volume.voxels.count)
  }

  @Test func severalMembersAreOneFile() throws {
    let bytes = NIfTIBytes().file(Array(1...12))
    for cut in [1, 100, 348, 352, 355, bytes.count - 1] {
      let members = gzip(Array(bytes[..<cut])) + gzip([]) + gzip(Array(bytes[cut...]))
      let path = try folder.store(members, as: "a.nii.gz")
      #expect(try NIfTI.read(at: path).volume.voxels == (1...12).map(Float.init), "cut at \(cut)")
    }
  }

  @Test func whatFollowsTheLastMemberIsPassedOver() throws {
    for waste in [[0], [0, 0, 0, 0], Array("waste".utf8)] as [[UInt8]] {
      let path = try folder.store(gzip(NIfTIBytes().file(Array(1...12))) + waste, as: "a.nii.gz")
      #expect(try NIfTI.read(at: path).volume.voxels == (1...12).map(Float.init))
    }
  }

  /// The fields of RFC 1952 that hardly anyone writes: extra, name, comment, the header's checksum.
  @Test func everyFieldOfAMembersHeaderIsPassedOver() throws {
    let plain = gzip(NIfTIBytes().file(Array(1...12)))
    let (extra, name, comment): ([UInt8], [UInt8], [UInt8]) = (
      [5, 0, 9, 8, 7, 6, 5], Array("a.nii".utf8) + [0], Array("made by hand".utf8) + [0]
    )
    for flags in 0..<32 {
      var header: [UInt8] = [0x1F, 0x8B, 8, UInt8(flags), 1, 2, 3, 4, 0, 255]
      if flags & 4 != 0 { header += extra }
      if flags & 8 != 0 { header += name }
      if flags & 16 != 0 { header += comment }
      if flags & 2 != 0 {
        let checksum = cdeflate_checksum(header, Int64(header.count))
        header += [UInt8(checksum & 255), UInt8(checksum >> 8 & 255)]
      }
      let path = try folder.store(header + plain.dropFirst(10), as: "a.nii.gz")
      #expect(try NIfTI.read(at: path).volume.voxels == (1...12).map(Float.init), "flags \(flags)")
    }
  }

  @Test func aChecksumThatLiesIsDamage() throws {
    var bytes = gzip(NIfTIBytes().file(Array(1...12)))
    bytes[bytes.count - 8] ^= 1
    let path = try folder.store(bytes, as: "a.nii.gz")
    #expect(
      imagingError { try NIfTI.read(at: path) }
        == .unreadable(path: path, reason: "its compressed data are damaged"))
  }

  /// CRC-32 of the nine digits, as the standard for such checksums gives it.
  @Test func theChecksumIsThatOfTheStandard() {
    #expect(cdeflate_checksum("123456789", 9) == 0xCBF4_3926)
  }

  @Test func aLengthThatLiesIsDamage() throws {
    var bytes = gzip(NIfTIBytes().file(Array(1...12)))
    bytes[bytes.count - 1] = 0xFF
    let path = try folder.store(bytes, as: "a.nii.gz")
    #expect(
      imagingError { try NIfTI.read(at: path) }
        == .unreadable(path: path, reason: "its compressed data are damaged"))
  }

  /// A hundred megabytes of zeros behind twelve voxels take no memory and no time.
  @Test func aFileThatInflatesToFarMoreThanItsHeaderSaysIsReadToItsHeadersEnd() throws {
    let zeros = Volume(
      geometry: Geometry(size: [500, 500, 400], spacing: .one), filledWith: Float(0))
    try NIfTI.write(zeros, to: folder["zeros.nii.gz"])
    let rest = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder["zeros.nii.gz"])))
    let path = try folder.store(gzip(NIfTIBytes().file(Array(1...12))) + rest, as: "bomb.nii.gz")
    #expect(try NIfTI.read(at: path).volume.voxels == (1...12).map(Float.init))
  }

  @Test func framesAreReadInAnyOrder() throws {
    let bytes = NIfTIBytes(dim: [4, 2, 1, 1, 3, 1, 1, 1]).file([1, 2, 3, 4, 5, 6])
    for (name, content) in [("a.nii", bytes), ("a.nii.gz", gzip(bytes))] {
      let reader = try ScanFile.open(folder.store(content, as: name))
      let frames = try [2, 0, 1, 1].map { try reader.read(frame: $0).volume.voxels }
      #expect(frames == [[5, 6], [1, 2], [3, 4], [3, 4]])
    }
  }
}
