import Foundation

extension ImagingError {
  /// What keeps JSON from being read, and where: `cells[0].weight: Expected to decode Double but found a
  /// string instead.`
  static func reason(of fault: DecodingError) -> String {
    switch fault {
    case .keyNotFound(let key, let context):
      let place = place(of: context.codingPath)
      return "no key '\(key.stringValue)'" + (place.isEmpty ? "" : " in \(place)")
    case .dataCorrupted(let context):
      if let cause = context.underlyingError { return located(context, reason(of: cause)) }
      // A decoder says no more of a fraction where a whole number belongs than of what is no JSON at all.
      return context.codingPath.isEmpty && context.debugDescription.hasSuffix("not valid JSON.")
        ? "it is not JSON, or a number in it is not of the kind that is needed there"
        : located(context, context.debugDescription)
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return located(context, context.debugDescription)
    @unknown default:
      return "\(fault)"
    }
  }

  private static func located(_ context: DecodingError.Context, _ reason: String) -> String {
    let place = place(of: context.codingPath)
    return place.isEmpty ? reason : "\(place): \(reason)"
  }

  /// Keys with points between them, and places in lists.
  private static func place(of path: [any CodingKey]) -> String {
    path.reduce("") { place, key in
      if let index = key.intValue { return "\(place)[\(index)]" }
      return place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)"
    }
  }
}
