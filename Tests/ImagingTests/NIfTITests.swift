import Imaging
import Testing

struct NIfTITests {
  /// Twelve values that every type holds.
  let values = Array(1...12)

  @Test(arguments: [1, 2], [false, true])
  func readsEveryTypeInBothVersionsAndOrders(version: Int, isSwapped: Bool) throws {
    let folder = try ScratchFolder()
    var bytes = NIfTIBytes(version: version, isSwapped: isSwapped, sformCode: 1)
    let types: [(code: Int, name: String, voxels: [UInt8])] = [
      (2, "uint8", bytes.bytes(of: values.map(UInt8.init))),
      (256, "int8", bytes.bytes(of: values.map(Int8.init))),
      (4, "int16", bytes.bytes(of: values.map(Int16.init))),
      (512, "uint16", bytes.bytes(of: values.map(UInt16.init))),
      (8, "int32", bytes.bytes(of: values.map(Int32.init))),
      (768, "uint32", bytes.bytes(of: values.map(UInt32.init))),
      (1024, "int64", bytes.bytes(of: values.map(Int64.init))),
      (1280, "uint64", bytes.bytes(of: values.map(UInt64.init))),
      (16, "float32", bytes.bytes(of: values.map(Float.init))),
      (64, "float64", bytes.bytes(of: values.map(Double.init))),
    ]
    for type in types {
      bytes.dataType = type.code
      for (name, content) in [
        ("a.nii", bytes.file(type.voxels)), ("a.nii.gz", gzip(bytes.file(type.voxels))),
      ] {
        let path = try folder.store(content, as: name)
        let scan = try NIfTI.read(at: path)
        #expect(scan.volume.voxels == values.map(Float.init), "\(type.name) in \(name)")
        #expect(scan.volume.geometry.size == [3, 2, 2])
        #expect(scan.header?.type.rawValue == type.name)
        #expect(try NIfTI.readLabels(at: path).voxels == values.map(UInt16.init))
      }
    }
  }

  @Test func signsSurviveBothOrders() throws {
    let folder = try ScratchFolder()
    for isSwapped in [false, true] {
      let bytes = NIfTIBytes(isSwapped: isSwapped, dim: [3, 2, 1, 1, 1, 1, 1, 1], dataType: 4)
      let path = try folder.store(bytes.file(bytes.bytes(of: [Int16(-1024), 3071])), as: "a.nii")
      #expect(try NIfTI.read(at: path).volume.voxels == [-1024, 3071])
    }
  }

  @Test func theScalingIsApplied() throws {
    let folder = try ScratchFolder()
    let bytes = NIfTIBytes(slope: 0.5, intercept: -10)
    let path = try folder.store(bytes.file(values.map(UInt8.init)), as: "a.nii")
    let scan = try NIfTI.read(at: path)
    #expect(scan.volume.voxels == values.map { Float($0) / 2 - 10 })
    #expect(scan.header?.slope == 0.5)
    #expect(scan.header?.intercept == -10)
  }

  @Test(arguments: [0, Double.nan, .infinity])
  func aSlopeThatIsNoneScalesNothing(slope: Double) throws {
    let folder = try ScratchFolder()
    let bytes = NIfTIBytes(slope: slope, intercept: 5)
    let path = try folder.store(bytes.file(values.map(UInt8.init)), as: "a.nii")
    #expect(try NIfTI.read(at: path).volume.voxels == values.map(Float.init))
  }

  @Test func aFrameIsChosen() throws {
    let folder = try ScratchFolder()
    let bytes = NIfTIBytes(dim: [4, 2, 1, 1, 3, 1, 1, 1])
    for (name, content) in [
      ("a.nii", bytes.file([1, 2, 3, 4, 5, 6])),
      ("a.nii.gz", gzip(bytes.file([1, 2, 3, 4, 5, 6]))),
    ] {
      let path = try folder.store(content, as: name)
      #expect(try NIfTI.readHeader(at: path).frames == 3)
      #expect(try NIfTI.read(at: path, frame: 0).volume.voxels == [1, 2])
      #expect(try NIfTI.read(at: path, frame: 2).volume.voxels == [5, 6])
      #expect(try NIfTI.readLabels(at: path, frame: 1).voxels == [3, 4])
      #expect(imagingError { try NIfTI.read(at: path) } == .frameNeeded(path: path, frames: 3))
      #expect(
        imagingError { try NIfTI.read(at: path, frame: 3) }
          == .badFrame(path: path, frame: 3, frames: 3))
      #expect(
        imagingError { try NIfTI.read(at: path, frame: -1) }
          == .badFrame(path: path, frame: -1, frames: 3))
    }
  }

  @Test func aFourthAxisOfOneIsNone() throws {
    let folder = try ScratchFolder()
    let bytes = NIfTIBytes(dim: [5, 2, 1, 1, 1, 1, 1, 1])
    let path = try folder.store(bytes.file([1, 2]), as: "a.nii")
    #expect(try NIfTI.read(at: path).volume.voxels == [1, 2])
    #expect(try NIfTI.read(at: path, frame: 0).volume.voxels == [1, 2])
  }

  @Test func anAxisPastTheFourthCountsAsFrames() throws {
    let folder = try ScratchFolder()
    let bytes = NIfTIBytes(dim: [5, 2, 1, 1, 1, 3, 1, 1])
    let path = try folder.store(bytes.file([1, 2, 3, 4, 5, 6]), as: "a.nii")
    #expect(try NIfTI.read(at: path, frame: 1).volume.voxels == [3, 4])
  }

  @Test func pairsAreReadFromEitherFile() throws {
    let voxels = values.map(UInt8.init)
    for version in [1, 2] {
      let bytes = NIfTIBytes(version: version, isPair: true)
      for (headerName, voxelName) in [
        ("a.hdr", "a.img"), ("a.hdr.gz", "a.img.gz"), ("a.hdr", "a.img.gz"),
      ] {
        let folder = try ScratchFolder()
        let header = try folder.store(
          headerName.hasSuffix("gz") ? gzip(bytes.header) : bytes.header, as: headerName)
        let image = try folder.store(
          voxelName.hasSuffix("gz") ? gzip(voxels) : voxels, as: voxelName)
        for path in [header, image] {
          #expect(try NIfTI.read(at: path).volume.voxels == values.map(Float.init))
        }
      }
    }
  }

  @Test func theBytesDecideAndNotTheName() throws {
    let folder = try ScratchFolder()
    let file = NIfTIBytes().file(values.map(UInt8.init))
    let plain = try folder.store(file, as: "plain.nii.gz")
    let packed = try folder.store(gzip(file), as: "packed.nii")
    #expect(try NIfTI.read(at: plain).volume.voxels == values.map(Float.init))
    #expect(try NIfTI.read(at: packed).volume.voxels == values.map(Float.init))
  }

  @Test func theVoxelsMayBeginLater() throws {
    let folder = try ScratchFolder()
    let bytes = NIfTIBytes(offset: 400)
    let padding = [UInt8](repeating: 77, count: 48)
    let path = try folder.store(bytes.file(padding + values.map(UInt8.init)), as: "a.nii")
    #expect(try NIfTI.read(at: path).volume.voxels == values.map(Float.init))
  }

  @Test func labelsAreWholeNumbers() throws {
    let folder = try ScratchFolder()
    let bytes = NIfTIBytes(dim: [3, 4, 1, 1, 1, 1, 1, 1], dataType: 64)
    let near = try folder.store(
      bytes.file(bytes.bytes(of: [0.0, 0.9995, 65535.0009, -0.0009])), as: "near.nii")
    #expect(try NIfTI.readLabels(at: near).voxels == [0, 1, 65535, 0])
    let far = try folder.store(
      bytes.file(bytes.bytes(of: [1.0, 0.5, Double.nan, 65536])), as: "far.nii")
    #expect(
      imagingError { try NIfTI.readLabels(at: far) }
        == .badLabels(
          path: far, description: "3 voxels have another value, the first of them 0.5"))
    let negative = try folder.store(
      bytes.file(bytes.bytes(of: [1.0, -1, 0, 0])), as: "negative.nii")
    #expect(
      imagingError { try NIfTI.readLabels(at: negative) }
        == .badLabels(
          path: negative, description: "1 voxel has another value, the first of them -1.0"))
  }
}
