/// What the phantom is made of, from the outermost layer to the innermost; a later layer hides the
/// earlier ones.
enum PhantomTissue: Int, CaseIterable {
  case muscle, fat, bone, organ, vessel, lesion, cyst, calcification

  /// The label of this tissue, 0 for what is not to be segmented.
  var label: UInt16 {
    switch self {
    case .muscle, .fat, .bone: 0
    case .organ: 1
    case .vessel: 2
    case .lesion: 3
    case .cyst: 4
    case .calcification: 5
    }
  }
}

/// One physical property of every tissue, in the order of ``PhantomTissue``.
struct PhantomProperty {
  /// The property of what surrounds the body.
  let outside: Double

  /// The property of each tissue.
  let tissues: SIMD8<Double>

  /// X-ray attenuation in Hounsfield units. Vessel, lesion and cyst are as dense as the organ.
  static let hounsfield = PhantomProperty(
    outside: -1000, tissues: [45, -90, 280, 60, 60, 60, 60, 480])

  /// Magnetic resonance signal, 1 being the brightest; fat is suppressed and flowing blood is
  /// void. Cyst and calcification are as bright as the organ.
  static let signal = PhantomProperty(
    outside: 0, tissues: [0.17, 0.27, 0.36, 0.5, 0.07, 0.95, 0.5, 0.5])

  /// Amplitude of the echoes of ultrasound, 1 being the organ's; the lesion is like the organ, and
  /// cyst and vessel are both free of echoes.
  static let echo = PhantomProperty(
    outside: 0.01, tissues: [0.45, 1.6, 0.8, 1, 0.02, 1, 0.02, 1])

  /// Loss of ultrasound there and back, in decibels per millimetre.
  static let loss = PhantomProperty(
    outside: 0, tissues: [0.22, 0.2, 7, 0.2, 0.05, 0.2, 0.02, 7])

  /// Acoustic impedance in megarayl; where it jumps, ultrasound is mirrored.
  static let impedance = PhantomProperty(
    outside: 1.62, tissues: [1.68, 1.40, 4, 1.65, 1.61, 1.65, 1.57, 4])

  /// The property where the tissues cover the given parts of a voxel, each 0 to 1.
  func blended(by coverage: SIMD8<Double>) -> Double {
    var value = outside
    for layer in 0..<8 {
      value += (tissues[layer] - value) * coverage[layer]
    }
    return value
  }
}
