/// How the program ends, as the shell sees it.
enum ExitCode: Int32 {
  /// Everything was done.
  case done = 0

  /// It failed.
  case failed = 1

  /// It finished, but some cases failed; they are listed.
  case someCasesFailed = 2

  /// The command line is wrong.
  case wrongUsage = 64

  /// A file is not what it should be.
  case badData = 65
}
