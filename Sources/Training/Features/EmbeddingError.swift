/// Why vectors could not be made, read or used.
public enum EmbeddingError: Error, Equatable, CustomStringConvertible, Sendable {
  case notEmbeddings(path: String, problem: String)
  case notAMachine(path: String, problem: String)
  case otherWeights(path: String)
  case tooLittle(problem: String)
  case unknownName(String, concept: String, known: [String])
  case otherFeatures(than: String)
  case sharedCases(first: String, count: Int)
  case nameIsTaken(String, of: String, means: String)

  public var description: String {
    switch self {
    case .notEmbeddings(let path, let problem):
      "\(path): these are no embeddings that can be used: \(problem). Make them anew with `chiasm embed`."
    case .notAMachine(let path, let problem):
      "\(path): this is no machine that can be used: \(problem). Train one with `chiasm infill --train`."
    case .otherWeights(let path):
      "\(path): the weights in this folder are not a machine's. Keep the machine in another folder."
    case .tooLittle(let problem):
      "There is too little to learn from: \(problem)."
    case .unknownName(let name, let concept, let known):
      "The embeddings have no \(concept) '\(name)'; they have \(known.joined(separator: ", "))."
    case .otherFeatures(let others):
      "The embeddings come from another network, level or kind of features than \(others). "
        + "Make both with the same run and options."
    case .sharedCases(let first, let count):
      "The embeddings to align by hold \(count) of the cases that are to be found, such as \(first): "
        + "their pairs would be known beforehand. Embed other cases, by --fold or --cases."
    case .nameIsTaken(let name, let concept, let meaning):
      "A \(concept) is called '\(name)', which is what embeddings call \(meaning). Give it another name."
    }
  }
}
