/// The attributes of each picture of a file: its own, those that all share, or the file's.
///
/// Source: DICOM PS3.3 C.7.6.16 (Multi-frame Functional Groups Module).
struct DICOMFunctionalGroups {
  private let dataset: DICOMDataset
  private let shared: DICOMDataset?
  private let perFrame: [DICOMDataset]

  init(_ dataset: DICOMDataset) {
    self.dataset = dataset
    shared = dataset.items(.sharedFunctionalGroupsSequence).first
    perFrame = dataset.items(.perFrameFunctionalGroupsSequence)
  }

  /// How many pictures are described one by one; 0 for a file without groups.
  var count: Int { perFrame.count }

  /// Whether the file has groups at all.
  var isEmpty: Bool { perFrame.isEmpty && shared == nil }

  /// The item of a group that counts for picture `index`.
  func group(_ tag: DICOMTag, _ index: Int) -> DICOMDataset? {
    let own = perFrame.indices.contains(index) ? perFrame[index].items(tag).first : nil
    return own ?? shared?.items(tag).first
  }

  /// The first of `groups` that has `tag` for picture `index`, or else the file itself, where it has.
  func holder(of tag: DICOMTag, in groups: [DICOMTag], _ index: Int) -> DICOMDataset {
    for name in groups {
      if let item = group(name, index), item.bytes(tag) != nil { return item }
    }
    return dataset
  }
}
