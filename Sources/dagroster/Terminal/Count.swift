/// A number with its noun, such as `1 user` and `2 users`.
enum Count {
    static func of(_ count: Int, _ noun: String) -> String { "\(count) \(noun)" + (count == 1 ? "" : "s") }
}
