/// What a client asks of a list, from query parameters or from a SearchRequest (RFC 7644 sections 3.4.2 and 3.4.3,
/// RFC 9865).
public struct ListQuery: Hashable, Sendable {
    /// Which resources; nil for all.
    public var filter: Filter?
    /// By what they are sorted, as it was written; `Sorting` looks it up.
    public var sortBy: String?
    /// In which direction.
    public var sortOrder = SortOrder.ascending
    /// The 1-based place of the first resource of the page; smaller numbers count as 1.
    public var startIndex = 1
    /// How many resources the client wants at most; negative numbers count as 0, nil is for the server to decide.
    public var count: Int?
    /// The cursor of the page; empty for the first page, nil without cursors.
    public var cursor: String?
    /// What is shown, as a list with commas.
    public var attributes: String?
    /// What is not shown, as a list with commas.
    public var excludedAttributes: String?

    /// The URN of a SearchRequest.
    public static let searchSchema = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"

    /// Everything, from the first resource on.
    public init() {}

    /// Reads query parameters; names are found whatever their letter case, unknown ones are none of ours (Entra
    /// appends `aadOptscim062020`), and of two with one name the first counts.
    public init(items: [QueryItem], policy: Policy = .tolerant) throws(SCIMError) {
        func item(_ name: String) -> String? { items.first { CaseInsensitive.equal($0.name, name) }?.value }
        func filled(_ name: String) -> String? { item(name).flatMap { $0.isEmpty ? nil : $0 } }
        filter = try filled("filter").map { text throws(SCIMError) in try Filter(parsing: text, policy: policy) }
        sortBy = filled("sortBy")
        sortOrder = try Self.sortOrder(item("sortOrder"))
        cursor = item("cursor")
        attributes = item("attributes")
        excludedAttributes = item("excludedAttributes")
        try readPage(startIndex: filled("startIndex").map(Value.string), count: filled("count").map(Value.string))
    }

    /// Reads the body of a `.search` request.
    public init(searchRequest body: Value, policy: Policy = .tolerant) throws(SCIMError) {
        guard let object = body.object else {
            throw .invalidSyntax("the request body is \(Quote.value(body)), expected a SearchRequest")
        }
        try Self.checkSchemas(object, policy: policy)
        filter = try Self.text(object, "filter").map { text throws(SCIMError) in
            try Filter(parsing: text, policy: policy)
        }
        sortBy = try Self.text(object, "sortBy")
        sortOrder = try Self.sortOrder(Self.text(object, "sortOrder"))
        cursor = try Self.text(object, "cursor")
        attributes = try Self.list(object, "attributes")
        excludedAttributes = try Self.list(object, "excludedAttributes")
        try readPage(startIndex: object["startIndex"], count: object["count"])
    }
}

extension ListQuery {
    /// How many resources the page holds at most, by the server's default and limit.
    public func pageSize(default defaultSize: Int, maximum: Int) -> Int {
        min(count ?? defaultSize, maximum)
    }

    /// What is shown of resources of a type.
    public func selection(for type: ResourceType) throws(SCIMError) -> Selection {
        try Selection(attributes: attributes, excluded: excludedAttributes, type: type)
    }

    /// How resources of a type are sorted; nil for the server's own order.
    public func sorting(for type: ResourceType, policy: Policy = .tolerant) throws(SCIMError) -> Sorting? {
        try sortBy.map { name throws(SCIMError) in
            try Sorting(by: name, order: sortOrder, type: type, policy: policy)
        }
    }

    private mutating func readPage(startIndex: Value?, count: Value?) throws(SCIMError) {
        let start = startIndex == .null ? nil : startIndex
        guard cursor == nil || start == nil else {
            throw .invalidValue("\"cursor\" and \"startIndex\" cannot be used together")
        }
        self.startIndex = max(1, try start.map { value throws(SCIMError) in try Self.number(value, "startIndex") } ?? 1)
        guard let count, count != .null else { return }
        do {
            self.count = max(0, try Self.number(count, "count"))
        } catch {
            throw cursor == nil ? error : .invalidCount(error.detail)
        }
    }

    /// A whole number; one that is too large for an Int counts as the largest.
    private static func number(_ value: Value, _ name: String) throws(SCIMError) -> Int {
        if let integer = value.integer { return integer }
        if let text = value.string {
            if let integer = Int(text) { return integer }
            let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
            if !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
                return text.hasPrefix("-") ? .min : .max
            }
        }
        throw .invalidValue("\"\(name)\" is \(Quote.value(value)), expected a whole number")
    }

    private static func sortOrder(_ text: String?) throws(SCIMError) -> SortOrder {
        guard let text, !text.isEmpty else { return .ascending }
        guard let order = SortOrder(rawValue: text.lowercased()) else {
            throw .invalidValue("\"sortOrder\" is \(Quote.text(text)), expected \"ascending\" or \"descending\"")
        }
        return order
    }

    private static func checkSchemas(_ object: Object, policy: Policy) throws(SCIMError) {
        guard policy.isStrict else { return }
        let urns = object["schemas"]?.array?.compactMap(\.string) ?? []
        guard urns.contains(where: { CaseInsensitive.equal($0, searchSchema) }) else {
            throw .invalidSyntax("\"schemas\" must list \"\(searchSchema)\"")
        }
    }

    private static func text(_ object: Object, _ name: String) throws(SCIMError) -> String? {
        guard let value = object[name], value != .null else { return nil }
        guard let text = value.string else {
            throw .invalidValue("\"\(name)\" is \(Quote.value(value)), expected a string")
        }
        return text
    }

    /// Names as a list or, as some clients send them, as one string with commas.
    private static func list(_ object: Object, _ name: String) throws(SCIMError) -> String? {
        guard let value = object[name], value != .null else { return nil }
        if let text = value.string { return text }
        let names = value.array?.compactMap(\.string)
        guard let names, names.count == value.array?.count else {
            throw .invalidValue("\"\(name)\" is \(Quote.value(value)), expected a list of names")
        }
        return names.joined(separator: ",")
    }
}
