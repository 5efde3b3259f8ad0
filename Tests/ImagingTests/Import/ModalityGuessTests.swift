import Testing

@testable import Imaging

struct ModalityGuessTests {
  @Test(arguments: [
    ("MR", "ax T1 se", "mri-t1"), ("MR", "sag T1 MPRAGE post", "mri-t1ce"),
    ("MR", "FLAIR_t2", "mri-flair"),
    ("MR", "localizer", "mri"), ("CT", "", "ct"), ("PT", "WB", "pet"), ("US", "", "ultrasound"),
  ])
  func seriesAreNamedByTheirDescription(_ modality: String, _ description: String, _ name: String) {
    #expect(ModalityGuess.modality(dicom: modality, descriptions: [description])?.name == name)
  }

  @Test func otherModalitiesHaveNoName() {
    #expect(ModalityGuess.modality(dicom: "SR", descriptions: []) == nil)
  }

  @Test(arguments: [
    ("p/CT_image.nii.gz", "ct"), ("p/MR_T1_image.nii.gz", "mri-t1"), ("PET/a.nii.gz", "pet"),
    ("p/trus.nii", "ultrasound"), ("mri/p1.nii.gz", "mri"),
  ])
  func filesAreNamedByTheirWords(_ path: String, _ name: String) {
    #expect(ModalityGuess.modality(path: path)?.name == name)
  }

  @Test func masksAreLabels() {
    #expect(ModalityGuess.isLabels(path: "p/CT_mask.nii.gz"))
    #expect(!ModalityGuess.isLabels(path: "labels/CT_image.nii.gz"))
  }
}
