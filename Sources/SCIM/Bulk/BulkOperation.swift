/// One operation of a bulk request (RFC 7644 section 3.7).
public struct BulkOperation: Hashable, Sendable {
    /// What it does; GET is not offered inside of a bulk request.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What it does; nil where `fault` says that it cannot be done.
    public var method: Method?
    /// The method as it was written, for the answer.
    public var methodName: String
    /// The endpoint or resource, such as `/Users` or `/Groups/bulkId:a`.
    public var path: String
    /// The name by which other operations refer to what this one creates.
    public var bulkID: String?
    /// The version that the resource must have.
    public var version: String?
    /// The body.
    public var data: Value?
    /// Why it cannot be done; the other operations can.
    public var fault: SCIMError?
}

extension BulkOperation {
    init(_ value: Value) throws(SCIMError) {
        guard let object = value.object else {
            throw .invalidSyntax("an operation is \(Quote.value(value)), expected an object")
        }
        let name = object["method"]?.string ?? ""
        methodName = name
        method = Method.allCases.first { CaseInsensitive.equal($0.rawValue, name) }
        path = object["path"]?.string ?? ""
        bulkID = object["bulkId"]?.string
        version = object["version"]?.string
        data = object["data"].filter { $0 != .null }
        fault = findFault()
    }

    private func findFault() -> SCIMError? {
        guard let method else {
            return .invalidSyntax("method \(Quote.text(methodName)) is not one of POST, PUT, PATCH and DELETE")
        }
        if path.isEmpty { return .invalidSyntax("a \(methodName) has no path") }
        if method == .post, bulkID?.isEmpty ?? true { return .invalidValue("a POST needs a bulkId of its own") }
        if method != .delete, data == nil { return .invalidSyntax("a \(methodName) needs data") }
        return nil
    }
}
