// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "SearchBenchmark",
  dependencies: [.package(name: "Chiasm", path: "../..")],
  targets: [
    .executableTarget(
      name: "SearchBenchmark",
      dependencies: [.product(name: "Chiasm", package: "Chiasm")])
  ],
  swiftLanguageModes: [.v6]
)
