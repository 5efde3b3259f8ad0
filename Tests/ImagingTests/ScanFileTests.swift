import Foundation
import Imaging
import Testing

struct ScanFileTests {
  let folder: ScratchFolder
  let picture = PNGImage(width: 2, height: 2, channels: 1, pixels: [0, 1, 2, 300], maximum: 65535)

  init() throws {
    folder = try ScratchFolder()
  }

  @Test func aPictureIsOneSlice() throws {
    try PNG.write(picture, to: folder["a.PNG"])
    let scan = try ScanFile.read(at: folder["a.PNG"])
    #expect(scan.volume.voxels == [0, 1, 2, 300])
    #expect(scan.volume.geometry.size == [2, 2, 1])
    #expect(try ScanFile.readLabels(at: folder["a.PNG"], frame: 0).voxels == [0, 1, 2, 300])
    #expect(
      imagingError { try ScanFile.read(at: folder["a.PNG"], frame: 1) }
        == .badFrame(path: folder["a.PNG"], frame: 1, frames: 1))
  }

  @Test func aFolderIsAStack() throws {
    try PNG.write(picture, to: folder["1.png"])
    try PNG.write(picture, to: folder["2.png"])
    #expect(try ScanFile.read(at: folder.path).volume.geometry.size == [2, 2, 2])
    #expect(try ScanFile.readLabels(at: folder.path).voxels == [0, 1, 2, 300, 0, 1, 2, 300])
    #expect(
      imagingError { try ScanFile.readLabels(at: folder.path, frame: 2) }
        == .badFrame(path: folder.path, frame: 2, frames: 1))
  }

  @Test func everythingElseIsNIfTI() throws {
    let bytes = NIfTIBytes(dim: [4, 2, 1, 1, 2, 1, 1, 1])
    let path = try folder.store(gzip(bytes.file([1, 2, 3, 4])), as: "a.nii.gz")
    #expect(try ScanFile.read(at: path, frame: 1).volume.voxels == [3, 4])
    #expect(try ScanFile.readLabels(at: path, frame: 0).voxels == [1, 2])
    #expect(imagingError { try ScanFile.read(at: path) } == .frameNeeded(path: path, frames: 2))
  }

  @Test(arguments: ["a.nii", "a.nii.gz", "a.mha", "a.nrrd", "a.png", "a.dcm", "a"])
  func anEmptyFileIsToldFromADamagedOne(name: String) throws {
    let path = try folder.store([], as: name)
    #expect(
      imagingError { try ScanFile.read(at: path) }
        == .unreadable(path: path, reason: "it is empty"))
  }

  @Test func nothingIsMissing() {
    #expect(
      imagingError { try ScanFile.read(at: folder["none"]) } == .missingFile(path: folder["none"]))
  }
}

/// Skipped where the folder of scans is absent.
@Suite(.enabled(if: RealScans.areHere))
struct RealPictureTests {
  @Test func ultrasoundPicturesAndTheirMasksAreRead() throws {
    let root = RealScans.folder + "/ultrasound/usgra"
    let files = try #require(FileManager.default.enumerator(atPath: root))
    let pictures = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".png") }
    #expect(pictures.count == 12)
    for name in pictures {
      let scan = try ScanFile.read(at: root + "/" + name)
      #expect(scan.volume.geometry.voxelCount > 10000)
      guard name.hasPrefix("masks") else { continue }
      let labels = Set(try ScanFile.readLabels(at: root + "/" + name).voxels)
      #expect(labels.isSubset(of: [0, 1, 2]) && labels.count > 1)
    }
  }
}
