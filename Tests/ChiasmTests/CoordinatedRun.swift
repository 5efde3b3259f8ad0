import Foundation
import Testing

@testable import chiasm

/// Four patients, of whom the second has no MRI, and a coordinated network that was trained on them for an
/// epoch.
struct CoordinatedRun {
  let data: String
  let model: String

  init(in folder: String) throws {
    (data, model) = (folder + "/phantom", folder + "/run")
    let phantom = Recorder.run([
      "phantom", "--output", data, "--cases", "4", "--size", "24", "--quiet",
    ])
    #expect(phantom.status == .done, "\(phantom.errors)")
    try FileManager.default.removeItem(atPath: data + "/case_001/mri.nii.gz")
    let train = Recorder.run([
      "train", "--dataset", data, "--pipeline", packageRoot + "/pipelines/smoke.json", "--fusion",
      "coordinated", "--output", model, "--epochs", "1", "--quiet",
    ])
    #expect(train.status == .done, "\(train.errors)")
  }
}
