/// What an error says, apart from what it advises in its last line.
///
/// Only a last line that begins with "hint: " is one: any other line's end in a message comes from elsewhere, and must
/// not begin a line of a report.
struct Advice {
    let reason: String
    let hint: String?

    init(in text: String) {
        let mark = "hint: "
        guard let end = text.lastIndex(of: "\n"), text[text.index(after: end)...].hasPrefix(mark) else {
            reason = text
            hint = nil
            return
        }
        reason = String(text[..<end])
        hint = String(text[text.index(after: end)...].dropFirst(mark.count))
    }
}
