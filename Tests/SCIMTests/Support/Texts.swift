import SCIM
import Testing

/// A JSON text as a value.
func json(_ text: String) throws -> Value { try JSON.read(text) }

/// A value as JSON text.
func text(_ value: Value) -> String { String(decoding: JSON.write(value), as: UTF8.self) }

/// An object as JSON text.
func text(_ object: Object) -> String { text(.object(object)) }

/// The enterprise extension's URN.
let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

/// What a closure throws, as status and scimType; nil if it throws nothing.
func refusal(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch let error as SCIMError {
        return [String(error.status), error.type?.rawValue].compactMap(\.self).joined(separator: " ")
    } catch {
        return "\(error)"
    }
}
