// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "Chiasm",
  products: [
    .executable(name: "chiasm", targets: ["chiasm"]),
    .library(
      name: "Chiasm",
      targets: [
        "Randomness", "Imaging", "Metrics", "Registration", "Architecture", "Torch", "Networks",
        "Training", "Search",
      ]),
    // For those who judge masks and need no libtorch.
    .library(name: "ChiasmMetrics", targets: ["Imaging", "Metrics"]),
    // For those who measure the kernels one by one.
    .library(name: "ChiasmKernels", targets: ["CKernels"]),
  ],
  targets: [
    // The C boundary. One target per library; nothing else names these libraries.
    .target(name: "CNIfTI", linkerSettings: [.linkedLibrary("nifti2"), .linkedLibrary("znz")]),
    .target(
      name: "CDeflate",
      linkerSettings: [.linkedLibrary("deflate"), .linkedLibrary("isal"), .linkedLibrary("z")]),
    .target(name: "CVoxels"),
    .target(
      name: "CGDCM",
      linkerSettings: [
        .linkedLibrary("gdcmMSFF"), .linkedLibrary("gdcmDSED"), .linkedLibrary("gdcmCommon"),
      ]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),
    .target(name: "CResampling"),
    .target(name: "CRegistration"),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("gomp")]),
    .target(
      name: "CTorch", dependencies: ["CKernels"],
      linkerSettings: [.linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10")]),

    // Values: no tensors, no training.
    .target(name: "Randomness"),
    .target(
      name: "Imaging",
      dependencies: ["CDeflate", "CGDCM", "CNIfTI", "CPNG", "CResampling", "CVoxels", "Randomness"]),
    .target(name: "Metrics", dependencies: ["Imaging", "Randomness"]),
    .target(name: "Registration", dependencies: ["CRegistration", "Imaging", "Randomness"]),
    .target(name: "Architecture"),

    // Computation.
    .target(name: "Torch", dependencies: ["CTorch"]),
    .target(name: "Networks", dependencies: ["Architecture", "Randomness", "Torch"]),
    .target(
      name: "Training",
      dependencies: ["Architecture", "Imaging", "Metrics", "Networks", "Randomness", "Torch"]),
    .target(
      name: "Search",
      dependencies: ["Architecture", "Imaging", "Networks", "Randomness", "Torch", "Training"]),

    // The only place that prints or reads the environment.
    .executableTarget(
      name: "chiasm",
      dependencies: [
        "Architecture", "Imaging", "Metrics", "Networks", "Randomness", "Registration", "Search",
        "Torch", "Training",
      ]),

    .target(name: "TestSupport", dependencies: ["Randomness"], path: "Tests/TestSupport"),
    .target(
      name: "NetworkTestSupport", dependencies: ["Architecture", "Networks", "Torch"],
      path: "Tests/NetworkTestSupport"),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(
      name: "ImagingTests",
      dependencies: ["CDeflate", "CResampling", "Imaging", "Randomness", "TestSupport"]),
    .testTarget(
      name: "MetricsTests", dependencies: ["Imaging", "Metrics", "Randomness", "TestSupport"]),
    .testTarget(
      name: "RegistrationTests",
      dependencies: ["CRegistration", "Imaging", "Randomness", "Registration", "TestSupport"]),
    .testTarget(
      name: "ArchitectureTests", dependencies: ["Architecture", "Randomness", "TestSupport"]),
    .testTarget(
      name: "KernelsTests", dependencies: ["CKernels", "Randomness", "TestSupport"]),
    .testTarget(
      name: "TorchTests", dependencies: ["CKernels", "Randomness", "Torch", "TestSupport"]),
    .testTarget(
      name: "NetworksTests",
      dependencies: [
        "Architecture", "Networks", "NetworkTestSupport", "Randomness", "Torch", "TestSupport",
      ]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Architecture", "Imaging", "Metrics", "Networks", "Randomness", "Torch", "Training",
        "TestSupport",
      ]),
    .testTarget(
      name: "SearchTests",
      dependencies: [
        "Architecture", "Imaging", "Networks", "NetworkTestSupport", "Randomness", "Search",
        "Torch", "Training",
        "TestSupport",
      ]),
    .testTarget(
      name: "ChiasmTests",
      dependencies: [
        "Architecture", "Imaging", "Metrics", "Randomness", "Registration", "Search", "Training",
        "chiasm",
      ]),
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

// The one exception: LIBTORCH names the folder of a newer libtorch, with CUDA perhaps, to build with
// instead of the system's. It asks for C++20.
if let folder = Context.environment["LIBTORCH"],
  let bridge = package.targets.first(where: { $0.name == "CTorch" })
{
  let libraries = ["torch", "torch_cpu", "c10"].map { "\(folder)/lib/lib\($0).so" }
  let options = ["--no-as-needed", "-rpath", "\(folder)/lib"].flatMap { ["-Xlinker", $0] }
  package.cxxLanguageStandard = .cxx20
  bridge.cxxSettings = [.unsafeFlags(["-I\(folder)/include"])]  // LIBTORCH only
  bridge.linkerSettings = [.unsafeFlags(options + libraries)]  // LIBTORCH only
}
