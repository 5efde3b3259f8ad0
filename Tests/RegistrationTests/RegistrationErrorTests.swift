import Imaging
import Testing

@testable import Registration

struct RegistrationErrorTests {
  @Test func everyMessageSaysWhatToDo() {
    let thin = Geometry(size: [24, 24, 1], spacing: .one)
    let messages: [(RegistrationError, String)] = [
      (
        .nonFinite(path: "a", count: 2),
        "a has 2 voxels that are NaN or infinite, where all must be finite. Replace them, with the "
          + "value of air for instance."
      ),
      (
        .extreme(path: "a", intensity: -3e38, greatest: 1e15),
        "a has an intensity of -3e+38, and beyond 1e+15 they cannot be compared. Replace what stands for "
          + "no value, with the value of air for instance."
      ),
      (
        .constant(path: "a"),
        "a has one intensity in all its voxels, so it lies as well in one place as in another. Check "
          + "the file."
      ),
      (
        .tooThin(path: "a", geometry: thin),
        "a has 24 × 24 × 1 voxels of 1.00 × 1.00 × 1.00 mm, and aligning takes at least 4 along each "
          + "axis. Give a volume rather than a picture."
      ),
      (
        .noCommonRoom(moving: "m", fixed: "f", leastOverlap: 0.5),
        "m and f have nowhere enough in common: 0.5 of the smaller box must lie in the other. Begin "
          + "with the middles of the boxes on one another (--initial centre), or allow less "
          + "(--overlap)."
      ),
      (
        .wrongFrame(path: "t.json", scan: "f", isFixed: true, isReversed: true),
        "f does not lie where the transform t.json leads from. It fits the other way round: add "
          + "--inverse, or exchange the two scans."
      ),
      (
        .wrongFrame(path: "t.json", scan: "m", isFixed: false, isReversed: false),
        "m does not lie where the transform t.json leads to. Give the scans that it was made for, or "
          + "others that lie where they do."
      ),
    ]
    for (error, message) in messages { #expect(error.description == message) }
  }
}
