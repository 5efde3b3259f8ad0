/// A colour as red, green and blue, each 0 to 255.
struct Colour: Hashable {
  let red: Int
  let green: Int
  let blue: Int

  static let black = Colour(red: 0, green: 0, blue: 0)
  static let white = Colour(red: 255, green: 255, blue: 255)

  static func grey(_ level: Int) -> Colour {
    Colour(red: level, green: level, blue: level)
  }

  /// This colour with `part` (0 to 1) of `other` mixed in.
  func mixed(with other: Colour, part: Double) -> Colour {
    func mix(_ from: Int, _ to: Int) -> Int {
      Int((Double(from) + (Double(to) - Double(from)) * part).rounded())
    }
    return Colour(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }
}

/// The colours of labels.
enum Palette {
  /// Eight colours that also people who do not tell red from green can tell apart.
  ///
  /// Source: M. Okabe, K. Ito, "Color Universal Design", 2008; black replaced by lime.
  private static let colours = [
    Colour(red: 86, green: 180, blue: 233), Colour(red: 230, green: 159, blue: 0),
    Colour(red: 204, green: 121, blue: 167), Colour(red: 0, green: 158, blue: 115),
    Colour(red: 240, green: 228, blue: 66), Colour(red: 213, green: 94, blue: 0),
    Colour(red: 0, green: 114, blue: 178), Colour(red: 170, green: 255, blue: 120),
  ]

  /// The colour of the label with `value`, from 1.
  static func colour(of value: UInt16) -> Colour {
    colours[(Int(value) + colours.count - 1) % colours.count]
  }
}
