public import Architecture

/// Looks a candidate up in a table of networks that others have trained, with what it cost them.
///
/// So a search that would have taken hours is replayed in milliseconds, and its clock is simulated:
/// the seconds of an ``Estimate`` are those of the table.
public struct TabularEstimator<Candidate: SearchCandidate>: Estimator, Sendable {
  /// Which columns say what.
  public struct Columns: Hashable, Sendable {
    /// The candidate, as its description writes it.
    public let candidate: String

    /// How good it is.
    public let score: String

    /// By what a score is divided; 100 makes a fraction of a percentage.
    public let scoreUnit: Double

    /// How long its training took; `nil`: nothing is said, and everything takes no time.
    public let seconds: String?

    /// By what ``seconds`` are multiplied, such as epochs for seconds per epoch.
    public let secondsFactor: Double

    /// The number of weights; `nil`: nothing is said.
    public let parameters: String?

    public init(
      candidate: String, score: String, scoreUnit: Double = 1, seconds: String? = nil,
      secondsFactor: Double = 1, parameters: String? = nil
    ) {
      self.candidate = candidate
      self.score = score
      self.scoreUnit = scoreUnit
      self.seconds = seconds
      self.secondsFactor = secondsFactor
      self.parameters = parameters
    }
  }

  private let estimates: [String: Estimate]

  /// Reads comma-separated values with a first line of column names.
  ///
  /// - Throws: ``SearchError/badTable(line:expected:found:)`` at the first line that has another
  ///   number of fields than the first, or a field that is no number where one is needed.
  public init(readingFrom text: String, columns: Columns) throws(SearchError) {
    let lines = text.split(whereSeparator: \.isNewline)
    let header = lines.first.map(Self.fields) ?? []
    var estimates: [String: Estimate] = [:]
    let reader = try RowReader(columns, header: header)
    for (index, line) in lines.enumerated().dropFirst() {
      let fields = Self.fields(of: line)
      guard fields.count == header.count else {
        throw .badTable(
          line: index + 1, expected: "\(header.count) fields", found: "\(fields.count) fields")
      }
      estimates[fields[reader.candidate]] = try reader.estimate(from: fields, line: index + 1)
    }
    self.estimates = estimates
  }

  /// The number of candidates in the table.
  public var count: Int { estimates.count }

  /// - Throws: ``SearchError/notInTable(_:)`` for a candidate that the table does not hold.
  public func estimate(_ candidate: Candidate) throws -> Estimate {
    guard let estimate = estimates[candidate.description] else {
      throw SearchError.notInTable(candidate.description)
    }
    return estimate
  }

  /// The fields of a line; quotes keep commas together, two of them stand for one.
  private static func fields(of line: Substring) -> [String] {
    guard line.contains("\"") else {
      return line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var fields = [""]
    var isQuoted = false
    var last: Character = ","
    for character in line {
      if character == "\"" {
        if !isQuoted, last == "\"" { fields[fields.count - 1].append(character) }
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
      last = character
    }
    return fields
  }
}

extension TabularEstimator {
  /// Where in a line the columns are.
  private struct RowReader {
    let candidate: Int
    private let columns: Columns
    private let score: Int
    private let seconds: Int?
    private let parameters: Int?

    init(_ columns: Columns, header: [String]) throws(SearchError) {
      func place(of name: String) throws(SearchError) -> Int {
        guard let place = header.firstIndex(of: name) else {
          throw .badTable(
            line: 1, expected: "a column \"\(name)\"",
            found: header.joined(separator: ", "))
        }
        return place
      }
      self.columns = columns
      candidate = try place(of: columns.candidate)
      score = try place(of: columns.score)
      if let name = columns.seconds { seconds = try place(of: name) } else { seconds = nil }
      if let name = columns.parameters {
        parameters = try place(of: name)
      } else {
        parameters = nil
      }
    }

    func estimate(from fields: [String], line: Int) throws(SearchError) -> Estimate {
      func number(_ place: Int?) throws(SearchError) -> Double {
        guard let place else { return 0 }
        guard let number = Double(fields[place]), number.isFinite else {
          throw .badTable(line: line, expected: "a number", found: "'\(fields[place])'")
        }
        return number
      }
      func amount(_ place: Int?) throws(SearchError) -> Double {
        let amount = try number(place)
        guard (0...1e15).contains(amount) else {
          throw .badTable(line: line, expected: "a number from 0 to 1e15", found: "\(amount)")
        }
        return amount
      }
      return Estimate(
        dice: try number(score) / columns.scoreUnit, parameters: Int(try amount(parameters)),
        seconds: try amount(seconds) * columns.secondsFactor)
    }
  }
}
