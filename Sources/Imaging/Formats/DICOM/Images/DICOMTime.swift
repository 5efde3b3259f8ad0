/// A time as DICOM writes it, with its day where that is known.
struct DICOMTime: Equatable {
  /// Days since a fixed one; `nil` where only the time of day is known.
  let day: Int?

  /// Seconds since midnight.
  let second: Double

  private init(day: Int?, second: Double) {
    (self.day, self.second) = (day, second)
  }

  /// "20010902" and "161811.00"; `nil` when the time is absent or none.
  init?(date: String?, time: String?) {
    guard let time, let second = Self.second(time) else { return nil }
    self.init(day: date.flatMap(Self.day), second: second)
  }

  /// "20010902161811.00", an offset from Greenwich being left out: both ends of a span have it.
  init?(dateTime text: String) {
    guard text.count >= 12, let day = Self.day(String(text.prefix(8))),
      let second = Self.second(String(text.dropFirst(8).prefix { $0 != "+" && $0 != "-" }))
    else { return nil }
    self.init(day: day, second: second)
  }

  /// The seconds from `other` to this time. Where the day of one is not known, the span is the one
  /// of less than a day, so that it may pass midnight.
  func seconds(since other: DICOMTime) -> Double {
    if let day, let otherDay = other.day {
      return Double(day - otherDay) * 86400 + second - other.second
    }
    let difference = second - other.second
    return difference < 0 ? difference + 86400 : difference
  }

  /// Whether this time comes first.
  func isBefore(_ other: DICOMTime) -> Bool {
    (day ?? 0, second) < (other.day ?? 0, other.second)
  }

  /// This time and some seconds.
  func later(by seconds: Double) -> DICOMTime {
    let total = second + seconds
    let days = (total / 86400).rounded(.down)
    return DICOMTime(day: day.map { $0 + Int(days) }, second: total - days * 86400)
  }

  /// "161811.00", "1618", or the older "16:18:11".
  private static func second(_ text: String) -> Double? {
    let digits = text.filter { $0 != ":" }
    let whole = digits.prefix { $0 != "." }
    guard whole.count >= 2, whole.count % 2 == 0, whole.count <= 6,
      whole.allSatisfy({ $0.isASCII && $0.isNumber }),
      let fraction = Double("0" + digits.dropFirst(whole.count))
    else { return nil }
    let parts = stride(from: 0, to: whole.count, by: 2).compactMap {
      Int(whole.dropFirst($0).prefix(2))
    }
    let padded = parts + Array(repeating: 0, count: 3 - parts.count)
    guard padded[0] < 24, padded[1] < 60, padded[2] <= 60 else { return nil }
    return Double(padded[0] * 3600 + padded[1] * 60 + padded[2]) + fraction
  }

  /// "20010902", or the older "2001.09.02", as a count of days.
  ///
  /// Source: P. Baum, "Date Algorithms", 2017 (days of the Gregorian calendar).
  private static func day(_ text: String) -> Int? {
    let digits = text.filter { $0 != "." }
    guard digits.count == 8, let number = Int(digits) else { return nil }
    let (year, month, day) = (number / 10000, number / 100 % 100, number % 100)
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    let shifted = month < 3 ? (year - 1, month + 12) : (year, month)
    return day + (153 * shifted.1 - 457) / 5 + 365 * shifted.0 + shifted.0 / 4 - shifted.0 / 100
      + shifted.0 / 400
  }
}
