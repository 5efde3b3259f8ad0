import Testing

@testable import Imaging

@Suite struct SafeNameTests {
  @Test func namesBecomeLowerCaseWithDashes() {
    #expect(SafeName.make(from: "T2 (FLAIR)") == "t2-flair")
    #expect(SafeName.make(from: "CT") == "ct")
    #expect(SafeName.make(from: "../../etc") == "modality")
    #expect(SafeName.make(from: "??") == "modality")
  }

  @Test func namesThatAreTakenGetTheirNumber() {
    #expect(
      SafeName.makeUnique(from: ["MRI", "mri", "ct", "MRI"]) == ["mri", "mri-1", "ct", "mri-3"])
  }

  @Test(
    arguments: [
      ("CT", .ct), ("ct-venous", .ct), ("CBCT", .ct), ("US", .ultrasound),
      ("B-mode ultrasound", .ultrasound),
      ("FDG-PET", .pet), ("SUV", .pet), ("T1", .mri), ("contrast", .mri), ("ADC", .mri),
    ] as [(String, ModalityKind)])
  func theKindIsGuessedFromWords(name: String, kind: ModalityKind) {
    #expect(ModalityKind(guessingFrom: name) == kind)
  }
}
