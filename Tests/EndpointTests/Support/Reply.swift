import Endpoint
import SCIM

/// An answer as a test looks at it.
struct Reply: Hashable {
    let answer: EndpointAnswer

    var status: Int { answer.status }
    var body: Value { (try? JSON.read(answer.body)) ?? .null }
    var text: String { String(decoding: answer.body, as: UTF8.self) }

    func header(_ name: String) -> String? { answer.headers[name] }

    /// A part of the body: `meta.version`, `Resources.0.userName`, with the numbers of elements.
    subscript(_ path: String) -> Value? { Self.part(path, of: body) }

    static func part(_ path: String, of value: Value) -> Value? {
        var current = value
        for step in path.split(separator: ".") {
            let inner =
                Int(step).flatMap { index in
                    current.array.flatMap { $0.indices.contains(index) ? $0[index] : Value?.none }
                } ?? current.object?[String(step)]
            guard let inner else { return Value?.none }
            current = inner
        }
        return current
    }

    var id: String { self["id"]?.string ?? "" }
    var version: String { self["meta.version"]?.string ?? "" }
    var total: Int? { self["totalResults"]?.integer }
    var scimType: String? { self["scimType"]?.string }
    var detail: String { self["detail"]?.string ?? "" }

    /// The ids of the page.
    var ids: [String] { (self["Resources"]?.array ?? []).compactMap { $0.object?["id"]?.string } }

    /// One attribute of each resource of the page.
    func each(_ path: String) -> [Value?] { (self["Resources"]?.array ?? []).map { Self.part(path, of: $0) } }

    /// Whether it is a SCIM error with this status, in the body, too.
    func isError(_ status: Int, _ type: String? = nil) -> Bool {
        self.status == status && self["status"] == .string("\(status)") && scimType == type
            && self["schemas"] == [.string(SCIMError.schema)] && !detail.isEmpty
            && header("Content-Type") == "application/scim+json"
    }
}
