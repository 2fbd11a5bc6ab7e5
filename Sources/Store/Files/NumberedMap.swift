internal import Roster

/// Values by text keys, each of which has a number while it is there: half of what a dictionary takes.
struct NumberedMap<Value: Sendable>: Sendable {
    private var entries: [(key: String, value: Value)?] = []
    private var free: [Int] = []
    private var table: NumberTable

    init(capacity: Int = 0) {
        table = NumberTable(capacity: capacity)
        entries.reserveCapacity(capacity)
    }

    func number(of key: String) -> Int? { number(of: key, KeyHash(key)) }

    private func number(of key: String, _ hash: KeyHash) -> Int? {
        table.first(at: hash) { entries[$0]?.key == key }
    }

    /// The key of a number that is given out.
    func key(_ number: Int) -> String? { entries[number]?.key }

    subscript(number: Int) -> Value? {
        get { entries[number]?.value }
        set {
            guard let newValue else { return }
            entries[number]?.value = newValue
        }
    }

    subscript(key: String) -> Value? { number(of: key).flatMap { entries[$0]?.value } }

    /// Adds a key, unless it is there; its value stays then.
    ///
    /// - Returns: its number.
    mutating func add(_ key: String, _ value: @autoclosure () -> Value) -> Int {
        let hash = KeyHash(key)
        if let number = number(of: key, hash) { return number }
        let number = free.popLast() ?? entries.count
        if number == entries.count { entries.append((key, value())) } else { entries[number] = (key, value()) }
        table.insert(number, at: hash)
        return number
    }

    /// Adds a key that is known not to be there.
    ///
    /// - Returns: its number.
    mutating func append(_ key: String, _ value: Value) -> Int {
        entries.append((key, value))
        table.insert(entries.count - 1, at: KeyHash(key))
        return entries.count - 1
    }

    mutating func remove(_ number: Int) {
        guard let key = entries[number]?.key else { return }
        table.remove(number, at: KeyHash(key))
        entries[number] = nil
        free.append(number)
    }

    /// All keys with their values, in no particular order.
    var all: some Sequence<(key: String, value: Value)> { entries.lazy.compactMap { $0 } }
}
