import Calculation

/// A period as a spreadsheet shows it.
enum PeriodShape {
  case period(Period)
  /// A date of which either of the first two numbers may be the day; the year is last.
  case slashed(first: Int, second: Int, year: Int)
  /// What the text can mean, as the end of a sentence that begins with it.
  case twoWays(String)

  private enum Token: Equatable {
    case number(Int, digits: Int)
    case word(String)
    case sign(Unicode.Scalar)
  }

  /// Nil where the text is no period.
  init?(_ text: String) {
    let tokens = Self.withoutTime(Self.tokens(CSVTable.trimmed(text)))
    guard let tokens, tokens.count <= 12 else { return nil }
    let parts = tokens.filter { if case .sign = $0 { false } else { true } }
    let signs = tokens.compactMap { if case .sign(let sign) = $0, sign != " " { sign } else { nil } }
    let isPlain = signs.allSatisfy { "-/., '".unicodeScalars.contains($0) }
    guard isPlain, let found = Self.shape(parts, signs) else { return nil }
    self = found
  }

  private static func shape(_ parts: [Token], _ signs: [Unicode.Scalar]) -> PeriodShape? {
    switch (parts.count, parts.first, parts.dropFirst().first, parts.dropFirst(2).first) {
    case (1, .number(let value, let digits), _, _): return compact(value, digits)
    case (2, .word(let word), .number(let year, let digits), _): return month(word, year, digits)
    case (2, .number(let year, let digits), .word(let word), _):
      guard digits == 4 else {
        return months[word] == nil ? nil : .twoWays("can be a day without a year or a year. Write it as 2026-03.")
      }
      return month(word, year, digits)
    case (2, .number(let one, let digits), .number(let other, let others), _):
      return yearAndMonth(one, digits, other, others, signs)
    case (3, .word(let word), .number(let index, _), .number(let year, let digits)):
      return counted(word, index, year, digits) ?? day(year, digits, word, index)
    case (3, .number(let year, let digits), .word(let word), .number(let index, let others)):
      if digits == 4, let period = counted(word, index, year, digits) { return period }
      if let period = counted(word, year, index, others) { return period }
      return digits == 4 ? day(year, digits, word, index) : day(index, others, word, year)
    case (3, .number(let one, let digits), .number(let two, _), .number(let three, let others)):
      return date(one, digits, two, three, others, signs)
    default: return nil
    }
  }

  // MARK: Forms

  /// `202603` and `20260314`; `2026` is the ledger's own.
  private static func compact(_ value: Int, _ digits: Int) -> PeriodShape? {
    switch digits {
    case 6 where (1900...2100).contains(value / 100):
      Period(.month, year: value / 100, index: value % 100).map { .period($0) }
    case 8:
      Day(year: value / 10_000, month: value / 100 % 100, day: value % 100).map { .period(Period($0)) }
    default: nil
    }
  }

  /// `Mar-26`, `March 2026`.
  private static func month(_ word: String, _ year: Int, _ digits: Int) -> PeriodShape? {
    guard let month = months[word], let year = fullYear(year, digits) else { return nil }
    return Period(.month, year: year, index: month).map { .period($0) }
  }

  /// `03/2026`, `2026/03`.
  private static func yearAndMonth(
    _ one: Int, _ digits: Int, _ other: Int, _ others: Int, _ signs: [Unicode.Scalar]
  ) -> PeriodShape? {
    guard signs.count == 1 else { return nil }
    if digits == 4, others <= 2 {
      if signs == ["."], others == 1 { return .twoWays("can be a number. Write it as 2026-03.") }
      return Period(.month, year: one, index: other).map { .period($0) }
    }
    guard others == 4, digits <= 2 else { return nil }
    return Period(.month, year: other, index: one).map { .period($0) }
  }

  /// `Q1 2026`, `H1 2026`, `KW11 2026`, and with the number before the letter.
  private static func counted(_ word: String, _ index: Int, _ year: Int, _ digits: Int) -> PeriodShape? {
    let kind: PeriodKind
    switch word {
    case "q", "qtr", "quarter", "t": kind = .quarter
    case "h", "hj", "half": kind = .half
    case "w", "wk", "week", "kw", "cw": kind = .week
    default: return nil
    }
    guard let year = fullYear(year, digits) else { return nil }
    return Period(kind, year: year, index: index).map { .period($0) }
  }

  /// `14 Mar 2026`.
  private static func day(_ year: Int, _ digits: Int, _ word: String, _ day: Int) -> PeriodShape? {
    guard let month = months[word], let year = fullYear(year, digits) else { return nil }
    return Day(year: year, month: month, day: day).map { .period(Period($0)) }
  }

  /// Three numbers: the year first, or with dots the day first, or with slashes either.
  private static func date(
    _ one: Int, _ digits: Int, _ two: Int, _ three: Int, _ others: Int, _ signs: [Unicode.Scalar]
  ) -> PeriodShape? {
    guard signs.count == 2, signs[0] == signs[1] else { return nil }
    if digits == 4 { return Day(year: one, month: two, day: three).map { .period(Period($0)) } }
    guard digits <= 2, let year = fullYear(three, others) else { return nil }
    if signs[0] == "." { return Day(year: year, month: two, day: one).map { .period(Period($0)) } }
    guard others == 4 || signs[0] == "/" else {
      return .twoWays("can begin with the year or end with it. Write it as 2026-03-14.")
    }
    return .slashed(first: one, second: two, year: year)
  }

  /// The year of two or four digits; of two, 70 to 99 are of the twentieth century.
  private static func fullYear(_ year: Int, _ digits: Int) -> Int? {
    switch digits {
    case 4: year
    case 2: year < 70 ? 2000 + year : 1900 + year
    default: nil
    }
  }

  // MARK: Tokens

  private static func tokens(_ text: String) -> [Token]? {
    var tokens: [Token] = []
    for scalar in text.lowercased().unicodeScalars {
      if ("0"..."9").contains(scalar) {
        let digit = Int(scalar.value - 48)
        if case .number(let value, let digits)? = tokens.last, digits < 9 {
          tokens[tokens.count - 1] = .number(value * 10 + digit, digits: digits + 1)
        } else {
          tokens.append(.number(digit, digits: 1))
        }
      } else if scalar.properties.isAlphabetic {
        if case .word(let word)? = tokens.last {
          tokens[tokens.count - 1] = .word(word + String(scalar))
        } else {
          tokens.append(.word(String(scalar)))
        }
      } else {
        tokens.append(.sign(scalar == "\u{A0}" ? " " : scalar))
      }
      if tokens.count > 24 { return nil }
    }
    return tokens
  }

  /// The date alone where midnight is written behind it; nil behind any other time.
  private static func withoutTime(_ tokens: [Token]?) -> [Token]? {
    guard let tokens, let colon = tokens.firstIndex(of: .sign(":")), colon >= 2 else { return tokens }
    let isZero = tokens[(colon - 1)...].allSatisfy {
      switch $0 {
      case .number(let value, _): value == 0
      case .sign(let sign): sign == ":" || sign == "."
      case .word(let word): word == "z"
      }
    }
    guard isZero, tokens[colon - 2] == .sign(" ") || tokens[colon - 2] == .word("t") else { return nil }
    return Array(tokens[..<(colon - 2)])
  }

  /// Names of months, whole and short, in the languages of `PeriodFormat`.
  private static let months: [String: Int] = {
    let names = [
      "jan january januar jän jänner janv janvier ene enero gen gennaio janeiro januari",
      "feb february februar fév févr février febrero febbraio fev fevereiro februari",
      "mar march mär märz mrz mars marzo março mrt maart",
      "apr april avr avril abr abril aprile",
      "may mai mayo mag maggio maio mei",
      "jun june juni juin junio giu giugno junho",
      "jul july juli juil juillet julio lug luglio julho",
      "aug august août aoû ago agosto augustus",
      "sep sept september septembre septiembre set settembre setembro",
      "oct october okt oktober octobre octubre ott ottobre out outubro",
      "nov november novembre noviembre novembro",
      "dec december dez dezember déc décembre dic diciembre dicembre dezembro",
    ]
    var months: [String: Int] = [:]
    for (index, line) in names.enumerated() {
      for name in line.split(separator: " ") { months[String(name)] = index + 1 }
    }
    return months
  }()
}
