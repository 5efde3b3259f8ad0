import Imaging
import Metrics
import Testing

struct EvaluationSpreadsheetTests {
  @Test func hasALinePerCaseAndRegion() throws {
    let regions = [
      Region(name: "tumour, left", values: [1]), Region(name: "all", values: [1, 2]),
    ]
    let options = MeasurementOptions(surfaces: nil)
    let report = try CaseReport(
      comparing: row([1, 0, 0]), at: "", with: row([1, 2, 0]), at: "", name: "a",
      regions: regions, options: options)
    let summary = EvaluationSummary(
      regions: regions, options: options, convention: .nan, cases: [report])
    #expect(
      summary.spreadsheet() == """
        case,region,labels,Dice,IoU,Sensitivity,Specificity,Precision,VolumeSimilarity,\
        VolumeDifference_ml,FN,FP,TN,TP,n_pred,n_ref
        a,"tumour, left",1,1,1,1,1,1,1,0,0,0,2,1,1,1
        a,all,"(1, 2)",0.6666666666666666,0.5,0.5,1,1,0.6666666666666666,-0.001,1,0,1,1,1,2

        """)
  }
}
