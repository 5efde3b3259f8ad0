import Testing
import Training

@testable import chiasm

struct MachineChoiceTests {
  @Test func whatIsNotGivenKeepsItsDefault() throws {
    var none = Arguments([])
    let standard = try MachineChoice(&none)
    #expect(!standard.isGiven && standard.options == MachineOptions())
    var some = Arguments(["--hidden", "7", "--learning-rate", "0.5"])
    let choice = try MachineChoice(&some)
    var expected = MachineOptions()
    (expected.hidden, expected.learningRate) = (7, 0.5)
    #expect(choice.isGiven && choice.options == expected)
  }

  @Test func everyOptionOfTheHelpIsRead() throws {
    for option in MachineChoice.help {
      var arguments = Arguments(["--\(option.name)", "1"])
      #expect(try MachineChoice(&arguments).isGiven, "\(option.name)")
    }
  }

  @Test func whatDescribesAMachineNeedsOne() {
    let (status, _, errors) = Recorder.run(["probe", "--embeddings", "e", "--hidden", "3"])
    #expect(status == .wrongUsage)
    #expect(errors.contains("What describes a machine belongs to --joint dbm."))
  }
}
