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

  @Test func aTitleNamesItsModalities() {
    #expect(ModalitySubsets.title(of: ["ct", "mri"]) == "ct+mri")
  }
}
