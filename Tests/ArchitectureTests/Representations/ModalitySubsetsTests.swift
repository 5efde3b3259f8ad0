import Architecture
import Testing

struct ModalitySubsetsTests {
  @Test func smallSubsetsComeFirst() {
    #expect(
      ModalitySubsets.all(of: ["ct", "mri", "us"]) == [
        ["ct"], ["mri"], ["us"], ["ct", "mri"], ["ct", "us"], ["mri", "us"], ["ct", "mri", "us"],
      ])
    #expect(ModalitySubsets.all(of: ["ct"]) == [["ct"]])
    #expect(ModalitySubsets.all(of: []).isEmpty)
  }

  @Test(arguments: 1...8)
  func thereIsOneForEveryChoiceButNone(count: Int) {
    let subsets = ModalitySubsets.all(of: (0..<count).map { "\($0)" })
    #expect(subsets.count == 1 << count - 1)
    #expect(Set(subsets).count == subsets.count)
  }

  @Test func moreThanAnybodyWaitsForAreRefused() throws {
    let names = (0..<20).map { "\($0)" }
    try ModalitySubsets.check(Array(names.prefix(10)))
    let error = #expect(throws: ArchitectureError.self) { try ModalitySubsets.check(names) }
    #expect(
      error?.description == "20 modalities have too many subsets, those of at most 10 can be "
        + "measured. Leave some modalities out.")
  }

  @Test func aTitleNamesItsModalities() {
    #expect(ModalitySubsets.title(of: ["ct", "mri"]) == "ct+mri")
  }
}
