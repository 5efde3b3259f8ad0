import Foundation
import Imaging
import Testing
import Training

@testable import chiasm

/// From scans that share no space to masks and to vectors that tell patients.
struct UnalignedDatasetTests {
  /// CT and MRI of four patients, the second without MRI, each scan labelled on its own grid, the MRI far
  /// from where the CT is.
  private func dataset(in folder: String) throws -> String {
    let data = folder + "/phantom"
    let phantom = Recorder.run([
      "phantom", "--output", data, "--cases", "4", "--size", "24", "--quiet",
    ])
    #expect(phantom.status == .done, "\(phantom.errors)")
    for name in try FileManager.default.contentsOfDirectory(atPath: data)
    where name.hasPrefix("case_") {
      let (mri, labels) = ("\(data)/\(name)/mri.nii.gz", "\(data)/\(name)/mri_labels.nii.gz")
      let scan = try NIfTI.read(at: mri).volume
      let geometry = scan.geometry
      let map = try NIfTI.readLabels(at: "\(data)/\(name)/labels.nii.gz")
        .resampled(onto: geometry, by: .nearest)
      let moved = Geometry(
        size: geometry.size, spacing: geometry.spacing, origin: geometry.origin + [1000, 0, 0],
        direction: geometry.direction)
      try NIfTI.write(Volume(geometry: moved, voxels: scan.voxels), to: mri)
      try NIfTI.write(LabelMap(geometry: moved, voxels: map.voxels), to: labels)
    }
    try FileManager.default.removeItem(atPath: data + "/case_001/mri.nii.gz")
    let description = """
      {
        name: "Apart", aligned: false,
        modalities: {
          ct: { kind: "ct", file: "{case}/ct.nii.gz", labelFile: "{case}/labels.nii.gz" },
          mri: { kind: "mri", file: "{case}/mri.nii.gz", labelFile: "{case}/mri_labels.nii.gz" },
        },
        labels: { organ: 1, vessel: 2, lesion: 3, cyst: 4, calcification: 5 },
      }
      """
    try Data(description.utf8).write(to: URL(fileURLWithPath: data + "/dataset.json"))
    return data
  }

  @Test func scansApartAreLearntFromSegmentedAndFound() throws {
    try withFolder { folder in
      let data = try dataset(in: folder)
      let (model, masks, vectors) = (folder + "/run", folder + "/masks", folder + "/vectors")
      let inspect = Recorder.run(["inspect", data])
      #expect(inspect.status == .done, "\(inspect.errors)")
      #expect(inspect.output.contains("Apart: 7 cases, 7 to learn from"))
      #expect(inspect.output.contains("aligned    no: every scan is a case of its own"))
      func train(_ pipeline: String, _ output: String) -> (ExitCode, String, String) {
        let run = Recorder.run([
          "train", "--dataset", data, "--pipeline", pipeline, "--fusion", "coordinated",
          "--constraint", "contrastive", "--output", output, "--epochs", "1", "--quiet",
        ])
        return (run.status, run.output, run.errors)
      }
      let smoke = packageRoot + "/pipelines/smoke.json"
      let refused = train(smoke, folder + "/refused")
      #expect(refused.0 == .badData)
      #expect(refused.2.contains("Raise \"batchSize\" in the pipeline's \"plan\" section to 4"))
      let text = try String(contentsOfFile: smoke, encoding: .utf8)
        .replacingOccurrences(of: "\"batchSize\": 2", with: "\"batchSize\": 4")
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/four.json"))
      let trained = train(folder + "/four.json", model)
      #expect(trained.0 == .done, "\(trained.2)")
      let record = try LineLog<EpochRecord>(path: model + "/log.jsonl").records()[0]
      #expect(try #require(record.coordination).values.allSatisfy { $0 > 0 })

      let predict = Recorder.run([
        "predict", "--model", model, "--input", data, "--output", masks, "--quiet",
      ])
      #expect(predict.status == .done, "\(predict.errors)")
      let mask = try NIfTI.readLabels(at: masks + "/case_000.mri.nii.gz")
      let scan = try NIfTI.read(at: data + "/case_000/mri.nii.gz").volume
      #expect(mask.geometry.agrees(with: scan.geometry))
      let evaluate = Recorder.run(["evaluate", "--predictions", masks, "--references", data])
      #expect(evaluate.status == .done, "\(evaluate.errors)")

      let embed = Recorder.run([
        "embed", "--model", model, "--input", data, "--output", vectors, "--quiet",
      ])
      #expect(embed.status == .done, "\(embed.errors)")
      let table = try EmbeddingFolder(vectors).read()
      #expect(
        table.rows.map { "\($0.caseName) \($0.modality)" } == [
          "case_000 ct", "case_000 mri", "case_001 ct", "case_002 ct", "case_002 mri",
          "case_003 ct", "case_003 mri",
        ])
      #expect(table.origin.trainingCases == ["case_000", "case_001", "case_002", "case_003"])
      let retrieve = Recorder.run([
        "retrieve", "--embeddings", vectors, "--query", "mri", "--target", "ct",
      ])
      #expect(retrieve.output.hasPrefix("mri → ct: 3 queries among 4 targets\n"))
    }
  }
}
