import Foundation

/// Replays every strategy on a table of trained networks, one JSON line per figure.
///
///     gunzip -kc nasbench201.csv.gz > nasbench201.csv
///     swift run -c release --package-path Benchmarks/Search SearchBenchmark nasbench nasbench201.csv 200
///     swift run -c release --package-path Benchmarks/Search SearchBenchmark fusions datasets/phantom/fusions.csv
///
/// A fourth argument names the only strategies to run, by how their names begin.
@main
struct SearchBenchmark {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard (2...4).contains(arguments.count), ["nasbench", "fusions"].contains(arguments[0]),
      let seeds = arguments.count > 2 ? UInt64(arguments[2]) : 200, seeds > 0
    else {
      FileHandle.standardError.write(
        Data("usage: SearchBenchmark nasbench|fusions TABLE.csv [SEEDS [STRATEGY]]\n".utf8))
      exit(64)
    }
    let table = try String(contentsOfFile: arguments[1], encoding: .utf8)
    let prefix = arguments.count > 3 ? arguments[3] : ""
    if arguments[0] == "nasbench" {
      try NASBenchReplay(table: table, seeds: seeds).run(only: prefix)
    } else {
      try FusionReplay(table: table, seeds: seeds).run(only: prefix)
    }
  }
}
