// swift-tools-version: 6.0
import PackageDescription

// A package of its own, so that building Chiasm builds no fuzzer.
let package = Package(
  name: "Fuzzing",
  dependencies: [.package(name: "Chiasm", path: "..")],
  targets: [
    // libFuzzer's entry; the library itself comes with -sanitize=fuzzer.
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "ScanFuzzer",
      dependencies: ["CFuzzer", .product(name: "ChiasmMetrics", package: "Chiasm")]),
  ],
  swiftLanguageModes: [.v6]
)
