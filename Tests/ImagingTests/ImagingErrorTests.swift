import Imaging
import Testing

struct ImagingErrorTests {
  let small = Geometry(size: [10, 10, 10], spacing: [1, 1, 1], origin: [0, 0, 0])
  let far = Geometry(size: [10, 10, 10], spacing: [1, 1, 1], origin: [100, 0, 0])
  let fine = Geometry(size: [20, 20, 20], spacing: [0.5, 0.5, 0.5])

  @Test func errorsOfFilesSayWhatToDo() {
    expect(.missingFile(path: "a.nii"), says: "a.nii does not exist. Check the path.")
    expect(
      .unreadable(path: "a.nii", reason: "Permission denied"),
      says: "a.nii cannot be read: Permission denied. Check the file, or get it again from its "
        + "source.")
    expect(
      .unsupported(path: "a.nii", found: "voxels of type RGB24", advice: "Convert them."),
      says: "a.nii holds voxels of type RGB24, which is not supported. Convert them.")
    expect(
      .truncated(path: "a.nii", expected: 100, found: 7),
      says: "a.nii ends too early: its header promises 100 bytes of voxels, and 7 are there. Get "
        + "the file again from its source.")
    expect(
      .absurdSize(path: "a.nii", description: "it has 0 × 1 voxels"),
      says: "The header of a.nii cannot be true: it has 0 × 1 voxels. Get the file again from its "
        + "source.")
    expect(
      .implausibleGeometry(
        path: "a.nii", expected: "voxels of 0.001 to 1000 mm", found: "voxels of 1 × 1 × 1e+05 mm"),
      says: "The header of a.nii cannot be true: expected voxels of 0.001 to 1000 mm, found voxels "
        + "of 1 × 1 × 1e+05 mm. Correct its voxel sizes and its position, or get the file again from "
        + "its source.")
    expect(
      .writeFailed(path: "a.nii", reason: "No space left on device"),
      says: "a.nii could not be written: No space left on device. Check the folder, its "
        + "permissions and the space on the disk.")
  }

  @Test func whatCannotBeWrittenSaysWhatWouldDo() {
    expect(
      .unwritable(path: "a.img", reason: "its name is wrong", advice: "Choose another."),
      says: "a.img cannot be written: its name is wrong. Choose another.")
  }

  @Test func errorsOfGridsSayByHowMuch() {
    expect(
      .gridMismatch(path: "l.nii", image: small, labels: fine),
      says: "l.nii is not on the grid of its scan: the scan has 10 × 10 × 10 voxels of 1.00 × 1.00 "
        + "× 1.00 mm, the labels have 20 × 20 × 20 voxels of 0.50 × 0.50 × 0.50 mm. Resample the "
        + "labels on to the scan's grid.")
    expect(
      .gridMismatch(path: "l.nii", image: small, labels: far),
      says: "l.nii is not on the grid of its scan: both have 10 × 10 × 10 voxels of 1.00 × 1.00 × "
        + "1.00 mm, but the scan covers x -0.5…9.5, y -0.5…9.5, z -0.5…9.5 mm and the labels cover "
        + "x 99.5…109.5, y -0.5…9.5, z -0.5…9.5 mm. Resample the labels on to the scan's grid.")
    expect(
      .noOverlap(path: "s.nii", scan: far, reference: small),
      says: "s.nii does not overlap the reference scan: it covers x 99.5…109.5, y -0.5…9.5, z "
        + "-0.5…9.5 mm, and the reference covers x -0.5…9.5, y -0.5…9.5, z -0.5…9.5 mm. Check that "
        + "both are of one patient and that neither has lost its position.")
  }

  @Test func errorsOfVoxelsSayHowMany() {
    expect(
      .nonFinite(path: "s.nii", count: 1),
      says: "s.nii has 1 voxel that is NaN or infinite, where all must be finite. Replace them, "
        + "with the value of air for instance.")
    expect(
      .nonFinite(path: "s.nii", count: 12),
      says: "s.nii has 12 voxels that are NaN or infinite, where all must be finite. Replace them, "
        + "with the value of air for instance.")
    expect(
      .badLabels(path: "l.nii", description: "1 voxel has another value, the first of them 0.5"),
      says: "l.nii is not a label map: 1 voxel has another value, the first of them 0.5. Labels "
        + "are whole numbers from 0 to 65535.")
    expect(
      .unknownLabels(path: "l.nii", found: [4, 7], allowed: [0, 1]),
      says: "l.nii has the label values 4, 7, which the dataset does not list; it lists 0, 1. Add "
        + "them to the dataset's labels, or correct the file.")
  }

  @Test func errorsOfChoicesSayWhatThereIs() {
    expect(
      .frameNeeded(path: "f.nii", frames: 3),
      says: "f.nii holds 3 volumes, and one is needed. Choose a frame from 0 to 2.")
    expect(
      .badFrame(path: "f.nii", frame: 3, frames: 3),
      says: "f.nii has no frame 3: it holds 3 volumes. Choose a frame from 0 to 2.")
    expect(
      .badFrame(path: "f.nii", frame: 1, frames: 1),
      says: "f.nii has no frame 1: it holds 1 volume. Choose frame 0.")
    expect(
      .badDataset(path: "d", problem: "it has no labels", advice: "Add some."),
      says: "d does not describe a dataset: it has no labels. Add some.")
    expect(
      .missingReference(caseName: "STS_001", modality: "ct"),
      says: "Case STS_001 has no ct scan, on whose grid its masks are written. Add the scan, or "
        + "leave the case out.")
  }

  private func expect(_ error: ImagingError, says sentence: String) {
    #expect(error.description == sentence)
  }
}
