import Testing

@testable import Imaging

@Suite struct FilePatternTests {
  @Test(arguments: [
    ("p1_ct.nii", "{case}_ct.nii", "p1"),
    ("ct-p1", "ct-{case}", "p1"),
    ("p1", "{case}", "p1"),
    ("ab_ab.nii", "{case}_{case}.nii", "ab"),
    ("ab_ac.nii", "{case}_{case}.nii", nil),
    ("abc_ab.nii", "{case}_{case}.nii", nil),
    ("_ct.nii", "{case}_ct.nii", nil),
    ("p1_mr.nii", "{case}_ct.nii", nil),
    (".p1_ct.nii", "{case}_ct.nii", nil),
  ])
  func theCaseIsWhatStandsInThePlaceholder(entry: String, component: String, name: String?) {
    #expect(FilePattern.name(in: entry, by: component) == name)
  }

  @Test func thePathOfACaseIsBelowTheRoot() throws {
    let pattern = try FilePattern("./{case}/{case}_ct.nii", key: "", file: "")
    #expect(pattern.path(ofCase: "p1", root: "/data") == "/data/p1/p1_ct.nii")
  }

  @Test(arguments: ["/{case}", "~/{case}", "../{case}", "a/../{case}", "{case}//b", "{case}/", "a"])
  func patternsThatCouldLeaveTheRootAreRefused(_ text: String) {
    #expect(throws: ImagingError.self) { try FilePattern(text, key: "", file: "") }
  }

  @Test func nothingIsFoundWhereThereIsNothing() throws {
    let pattern = try FilePattern("images/{case}.nii", key: "", file: "")
    #expect(try pattern.cases(in: "/nowhere").isEmpty)
  }
}
