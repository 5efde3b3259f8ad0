/// What every verb knows about printing; `--quiet` itself is heeded by the console.
struct PrintingOptions {
  /// Whether the result is printed as JSON.
  let isJSON: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    _ = try arguments.flag("quiet")
    isJSON = try arguments.flag("json")
  }
}
