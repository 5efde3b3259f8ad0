import Networks
import Testing
import Torch

struct EmbeddingsTests {
  private func error(_ views: [Tensor], _ isPresent: [[Bool]]? = nil) -> TorchError? {
    do throws(TorchError) {
      _ = try Embeddings(views, isPresent: isPresent)
      return nil
    } catch {
      return error
    }
  }

  @Test func oneModalityIsTiedToNothing() throws {
    let views = [try Tensor.ones([3, 2])]
    #expect(
      error(views)
        == TorchError(
          operation: "coordination of [[3, 2]]", reason: "it takes two modalities or more"))
  }

  @Test func shapesMustBeAlike() throws {
    let views = try [Tensor.ones([3, 2]), Tensor.ones([3, 4])]
    #expect(
      error(views)
        == TorchError(
          operation: "coordination of [[3, 2], [3, 4]]",
          reason: "every modality needs [samples, features], all of one shape"))
    let flat = try [Tensor.ones([3]), Tensor.ones([3])]
    #expect(error(flat)?.reason == "every modality needs [samples, features], all of one shape")
  }

  @Test func presenceMustBeKnownOfEverySample() throws {
    let views = try [Tensor.ones([2, 2]), Tensor.ones([2, 2])]
    #expect(
      error(views, [[true, true], [true]])
        == TorchError(
          operation: "coordination of [[2, 2], [2, 2]]",
          reason: "presence is given for [2, 1] samples per modality"))
  }
}
