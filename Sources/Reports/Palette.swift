/// The colours of a report; without colour every method gives back what it got.
struct Palette {
    let isColored: Bool

    func gain(_ text: String) -> String { wrapped(text, "32") }
    func loss(_ text: String) -> String { wrapped(text, "31") }
    func change(_ text: String) -> String { wrapped(text, "33") }
    func heading(_ text: String) -> String { wrapped(text, "1") }
    func quiet(_ text: String) -> String { wrapped(text, "2") }

    private func wrapped(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
