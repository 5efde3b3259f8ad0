import Imaging
import Metrics
import Testing
import Training

@testable import chiasm

struct ChiasmTests {
  @Test func saysItsVersion() {
    #expect(Recorder.run(["--version"]).output == "chiasm \(Chiasm.version)\n")
  }

  @Test func helpListsEveryVerb() {
    let (status, output, _) = Recorder.run(["--help"])
    #expect(status == .done)
    for command in Chiasm.commands {
      #expect(output.contains("  \(command.help.name)"))
    }
  }

  @Test func nothingIsWrongUsage() {
    let (status, output, errors) = Recorder.run([])
    #expect(status == .wrongUsage)
    #expect(output == "")
    #expect(errors == "error: no command is given.\n\n\(Chiasm.overview)\n")
  }

  @Test func anUnknownVerbSuggestsTheNearest() {
    let (status, _, errors) = Recorder.run(["pridict"])
    #expect(status == .wrongUsage)
    #expect(
      errors
        == "error: there is no command 'pridict'. Did you mean predict? See 'chiasm --help'.\n")
  }

  @Test func anUnknownOptionIsReportedBeforeAMissingOne() {
    #expect(
      Recorder.run(["train", "--dataste", "x"]).errors
        == "error: 'train' has no option --dataste. Did you mean --dataset?\n")
    #expect(
      Recorder.run(["train", "--dataset", "x"]).errors
        == "error: --output is missing. See 'chiasm train --help'.\n")
  }

  @Test func statusesSayWhoseFaultItIs() {
    #expect(Chiasm.status(of: UsageError("")) == .wrongUsage)
    #expect(Chiasm.status(of: PipelineError.missing(path: "")) == .wrongUsage)
    #expect(Chiasm.status(of: ImagingError.missingFile(path: "")) == .badData)
    #expect(Chiasm.status(of: ImagingError.writeFailed(path: "", reason: "")) == .failed)
    #expect(Chiasm.status(of: ImagingError.unwritable(path: "", reason: "", advice: "")) == .failed)
    #expect(Chiasm.status(of: MetricsError.unencodable(reason: "")) == .failed)
    #expect(
      Chiasm.status(of: TrainingError.missingLabels(caseName: "a")) == .badData)
    #expect(Chiasm.status(of: TrainingError.lossNotFinite(step: 1, loss: .nan)) == .failed)
    #expect(
      [ExitCode.done, .failed, .someCasesFailed, .wrongUsage, .badData].map(\.rawValue)
        == [0, 1, 2, 64, 65])
  }

  @Test func missingInputIsBadData() {
    let (status, _, errors) = Recorder.run(["inspect", "/nowhere/scan.nii.gz"])
    #expect(status == .badData)
    #expect(errors == "error: /nowhere/scan.nii.gz does not exist. Check the path.\n")
  }
}
