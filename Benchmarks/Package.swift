// swift-tools-version: 6.0
import PackageDescription

// A package of its own, so that building Chiasm builds no benchmark.
let package = Package(
  name: "Benchmarks",
  products: [.library(name: "Measuring", targets: ["Measuring"])],
  dependencies: [.package(name: "Chiasm", path: "..")],
  targets: [
    .target(name: "Measuring"),
    .executableTarget(
      name: "MetricsBenchmark",
      dependencies: ["Measuring", .product(name: "ChiasmMetrics", package: "Chiasm")]),
    .executableTarget(
      name: "ResamplingBenchmark",
      dependencies: ["Measuring", .product(name: "ChiasmMetrics", package: "Chiasm")]),
    .executableTarget(
      name: "ScanBenchmark",
      dependencies: ["Measuring", .product(name: "ChiasmMetrics", package: "Chiasm")]),
  ],
  swiftLanguageModes: [.v6]
)
