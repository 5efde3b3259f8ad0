// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "Chiasm",
  products: [
    .executable(name: "chiasm", targets: ["chiasm"]),
    .library(name: "Chiasm", targets: ["Imaging", "Metrics", "Architecture", "Networks", "Training", "Search"]),
  ],
  targets: [
    // The C boundary. One target per library; nothing else names these libraries.
    .target(name: "CNIfTI", linkerSettings: [.linkedLibrary("nifti2"), .linkedLibrary("znz")]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),
    .target(
      name: "CTorch",
      linkerSettings: [.linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10")]),

    // Values: no tensors, no training.
    .target(name: "Randomness"),
    .target(name: "Imaging", dependencies: ["CNIfTI", "CPNG", "Randomness"]),
    .target(name: "Metrics", dependencies: ["Imaging"]),
    .target(name: "Architecture"),

    // Computation.
    .target(name: "Torch", dependencies: ["CTorch"]),
    .target(name: "Networks", dependencies: ["Architecture", "Randomness", "Torch"]),
    .target(
      name: "Training",
      dependencies: ["Architecture", "Imaging", "Metrics", "Networks", "Randomness", "Torch"]),
    .target(
      name: "Search", dependencies: ["Architecture", "Imaging", "Randomness", "Torch", "Training"]),

    // The only place that prints or reads the environment.
    .executableTarget(
      name: "chiasm",
      dependencies: [
        "Architecture", "Imaging", "Metrics", "Networks", "Randomness", "Search", "Torch", "Training",
      ]),

    .target(name: "TestSupport", dependencies: ["Randomness"], path: "Tests/TestSupport"),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(name: "ImagingTests", dependencies: ["Imaging", "Randomness", "TestSupport"]),
    .testTarget(name: "MetricsTests", dependencies: ["Imaging", "Metrics", "Randomness"]),
    .testTarget(name: "ArchitectureTests", dependencies: ["Architecture", "Randomness", "TestSupport"]),
    .testTarget(name: "TorchTests", dependencies: ["Torch", "TestSupport"]),
    .testTarget(
      name: "NetworksTests",
      dependencies: ["Architecture", "Networks", "Randomness", "Torch", "TestSupport"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Architecture", "Imaging", "Metrics", "Networks", "Randomness", "Torch", "Training", "TestSupport",
      ]),
    .testTarget(
      name: "SearchTests",
      dependencies: ["Architecture", "Imaging", "Randomness", "Search", "Training", "TestSupport"]),
    .testTarget(
      name: "ChiasmTests",
      dependencies: ["Imaging", "chiasm", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// Every Swift target is compiled under the same strict switches.
for target in package.targets where !target.name.hasPrefix("C") {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]
}
