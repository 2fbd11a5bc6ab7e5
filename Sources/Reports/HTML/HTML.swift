/// Text and elements of a page; every text from outside goes through ``text(_:)``.
enum HTML {
    /// The text as it may stand in an element or in a quoted attribute.
    static func text(_ text: String) -> String {
        var result = ""
        for character in text.neutralized.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// An element whose content is HTML already; attributes are text, an empty one stands alone.
    static func element(
        _ name: String,
        class classes: String? = nil,
        attributes: [(name: String, value: String)] = [],
        _ content: String
    ) -> String {
        let all = (classes.map { [(name: "class", value: $0)] } ?? []) + attributes
        let written = all.map { $0.value.isEmpty ? " \($0.name)" : " \($0.name)=\"\(text($0.value))\"" }.joined()
        return "<\(name)\(written)>\(content)</\(name)>"
    }

    /// A list of HTML items.
    static func list(class classes: String? = nil, _ items: some Sequence<String>) -> String {
        element("ul", class: classes, items.map { element("li", $0) }.joined(separator: "\n"))
    }

    /// A section with its heading; nothing where there is no content.
    static func section(_ title: String, id: String, count: Int? = nil, _ content: String) -> String {
        guard !content.isEmpty else { return "" }
        let number = count.map { " " + element("span", class: "count", String($0)) } ?? ""
        let heading = element("h2", attributes: [("id", id + "-title")], text(title) + number)
        return element(
            "section",
            attributes: [("id", id), ("aria-labelledby", id + "-title")],
            heading + "\n" + content
        ) + "\n"
    }
}
