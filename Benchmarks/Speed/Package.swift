// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "SpeedBenchmark",
  dependencies: [
    .package(name: "Chiasm", path: "../.."), .package(name: "Benchmarks", path: ".."),
  ],
  targets: [
    .executableTarget(
      name: "SpeedBenchmark",
      dependencies: [
        .product(name: "Chiasm", package: "Chiasm"),
        .product(name: "ChiasmKernels", package: "Chiasm"),
        .product(name: "Measuring", package: "Benchmarks"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
