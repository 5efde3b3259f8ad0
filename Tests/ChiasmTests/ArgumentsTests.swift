import Testing

@testable import chiasm

struct ArgumentsTests {
  private let help = Help(
    name: "test", abstract: "", usage: [],
    options: [.init("dataset", "D", ""), .init("resume", "")], example: "")

  @Test func takesValuesAfterASpaceOrAnEqualsSign() throws {
    var arguments = Arguments(["--dataset", "a b", "--output=c=d"])
    #expect(try arguments.option("dataset") == "a b")
    #expect(try arguments.option("output") == "c=d")
    #expect(try arguments.option("dataset") == nil)
    try arguments.finish(help)
  }

  @Test func takesFlagsAndWordsInAnyOrder() throws {
    var arguments = Arguments(["scan.nii", "--resume", "--", "--odd-name"])
    #expect(try arguments.flag("resume"))
    #expect(try arguments.flag("json") == false)
    #expect(try arguments.next("SCAN") == "scan.nii")
    #expect(try arguments.next("OTHER") == "--odd-name")
    try arguments.finish(help)
  }

  @Test func repeatedOptionsKeepTheirOrder() throws {
    var arguments = Arguments(["--p", "a", "--q", "x", "--p=b"])
    #expect(try arguments.options("p") == ["a", "b"])
  }

  @Test func listsAreSplitAtCommas() throws {
    var arguments = Arguments(["--modalities", "ct,mri-t1"])
    #expect(try arguments.list("modalities") == ["ct", "mri-t1"])
  }

  private func message(_ body: () throws(UsageError) -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return error.description
    }
  }

  @Test func saysWhatIsMissing() {
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments([])
        _ = try arguments.required("dataset")
      } == "--dataset is missing.")
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--dataset"])
        _ = try arguments.option("dataset")
      } == "--dataset needs a value.")
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--dataset", "--resume"])
        _ = try arguments.option("dataset")
      } == "--dataset needs a value.")
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--dataset="])
        _ = try arguments.option("dataset")
      } == "--dataset needs a value.")
  }

  @Test func refusesWhatIsGivenTwice() {
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--fold", "1", "--fold", "2"])
        _ = try arguments.integer("fold", atLeast: 0)
      } == "--fold is given more than once.")
  }

  @Test func refusesNumbersThatAreNone() {
    for text in ["1.5", "-1", "two", "99999999999999999999"] {
      #expect(
        message { () throws(UsageError) in
          var arguments = Arguments(["--fold", text])
          _ = try arguments.integer("fold", atLeast: 0)
        } == "--fold takes a whole number of at least 0, not '\(text)'.")
    }
  }

  @Test func refusesAnUnknownChoiceWithTheKnownOnes() {
    enum Colour: String, CaseIterable { case red, green }
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--colour", "blue"])
        _ = try arguments.choice("colour", of: Colour.self)
      } == "--colour takes one of red, green, not 'blue'.")
  }

  @Test func refusesListsWithHolesAndRepetitions() {
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--cases", "a,,b"])
        _ = try arguments.list("cases")
      } == "--cases takes names with commas between them, not 'a,,b'.")
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--cases", "a,a"])
        _ = try arguments.list("cases")
      } == "--cases names something twice: 'a,a'.")
  }

  @Test func refusesWhatIsLeftOver() {
    #expect(
      message { () throws(UsageError) in try Arguments(["--datset", "x"]).finish(help) }
        == "'test' has no option --datset. Did you mean --dataset?")
    #expect(
      message { () throws(UsageError) in try Arguments(["--colour=red"]).finish(help) }
        == "'test' has no option --colour.")
    #expect(
      message { () throws(UsageError) in try Arguments(["stray"]).finish(help) }
        == "'stray' is one word too many.")
  }

  @Test func wholeNumbersHaveARange() throws {
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--size", "513"])
        _ = try arguments.integer("size", in: 16...512)
      } == "--size takes a whole number from 16 to 512, not '513'.")
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--threads", "1025"])
        _ = try ComputingOptions(&arguments)
      } == "--threads takes a whole number from 1 to 1024, not '1025'.")
    var arguments = Arguments(["--size", "512"])
    #expect(try arguments.integer("size", in: 16...512) == 512)
  }

  @Test func refusesAValueWhereNoneBelongs() {
    #expect(
      message { () throws(UsageError) in
        var arguments = Arguments(["--resume=yes"])
        _ = try arguments.flag("resume")
      } == "--resume takes no value.")
  }
}
