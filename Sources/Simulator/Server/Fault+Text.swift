extension Fault {
    /// Reads what the command line says: `KIND[=VALUE]@read|write|any:N[xTIMES][:before|after]`, such as `429=2@write:3`
    /// and `timeout@write:1:after`; nil when it is none.
    package init?(_ text: String) {
        let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let kind = Kind(halves[0]) else { return nil }
        let parts = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard 2...3 ~= parts.count, let counted = Counted(rawValue: String(parts[0])) else { return nil }
        let numbers = parts[1].split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard 1...2 ~= numbers.count, let first = numbers[0], first > 0 else { return nil }
        guard let times = numbers.count == 2 ? numbers[1] : 1, times > 0 else { return nil }
        guard let moment = parts.count == 3 ? Moment(rawValue: String(parts[2])) : .before else { return nil }
        self.init(kind, at: counted, first, times: times, moment)
    }
}

extension Fault.Kind {
    /// The words for kinds without a value.
    private static let words: [(String, Fault.Kind)] = [
        ("timeout", .silence), ("cut", .cut), ("html", .html), ("maintenance", .maintenance),
        ("500-with-data", .pythonErrors), ("200-with-errors", .errorsBesideData), ("short-lists", .shortLists),
    ]

    fileprivate init?(_ text: Substring) {
        if let (_, kind) = Self.words.first(where: { $0.0 == text }) {
            self = kind
            return
        }
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard let word = parts.first else { return nil }
        let value = parts.count == 2 ? parts[1] : nil
        switch (word, value) {
        case ("slow", let value?):
            guard let milliseconds = Int(value), milliseconds >= 0 else { return nil }
            self = .slow(.milliseconds(milliseconds))
        case ("redirect", let value?): self = .redirect(value)
        default:
            guard let status = Int(word), 300...599 ~= status else { return nil }
            guard let value else {
                self = .status(status)
                return
            }
            let isDate = value.hasPrefix("date+")
            guard let seconds = Int(isDate ? String(value.dropFirst(5)) : value), seconds >= 0 else { return nil }
            self = .status(status, isDate ? .date(seconds) : .seconds(seconds))
        }
    }

    fileprivate var text: String {
        if let (word, _) = Self.words.first(where: { $0.1 == self }) { return word }
        return switch self {
        case .status(let status, nil): "\(status)"
        case .status(let status, .seconds(let seconds)?): "\(status)=\(seconds)"
        case .status(let status, .date(let seconds)?): "\(status)=date+\(seconds)"
        case .slow(let duration): "slow=\(Int(duration / .milliseconds(1)))"
        case .redirect(let address): "redirect=\(address)"
        case .secondWriter: "second-writer"
        default: "fault"
        }
    }
}

extension Fault: CustomStringConvertible {
    /// As the command line would say it.
    package var description: String {
        "\(kind.text)@\(counted.rawValue):\(first)" + (times == 1 ? "" : "x\(times)")
            + (moment == .before ? "" : ":\(moment.rawValue)")
    }
}
