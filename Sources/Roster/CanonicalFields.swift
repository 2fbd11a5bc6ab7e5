internal import SCIM

/// The attributes of a user's file as ``RecordScheme`` has them, laid out so that no reference is counted while several
/// threads read by them: counts of what all share are what these threads would wait for one another at.
struct CanonicalField {
    /// What may stand under a key.
    enum Kind {
        case text
        case boolean
        case complex
        /// What no canonical file has.
        case other
    }

    /// What a user is found by.
    enum Role {
        case userName
        case externalID
        case emails
        case enterprise
        case value
        case manager
        case none
    }

    let key: UnsafeBufferPointer<UInt8>
    /// The name in quotes with a colon, as it stands in JSON.
    let label: UnsafeBufferPointer<UInt8>
    let kind: Kind
    let isList: Bool
    let inner: UnsafeBufferPointer<CanonicalField>
    /// Where answers show it.
    let rank: Int
    let section: Int
    let role: Role

    /// In the order of the canonical form.
    ///
    /// Unsafe, because nobody else sees to it that the memory is made once, never changed and never given back.
    nonisolated(unsafe) static let user = all(RecordScheme.user.fields)

    private static func all(_ fields: [RecordScheme.Field]) -> UnsafeBufferPointer<CanonicalField> {
        let room = UnsafeMutableBufferPointer<CanonicalField>.allocate(capacity: fields.count)
        _ = room.initialize(from: fields.map(CanonicalField.init))
        return UnsafeBufferPointer(room)
    }

    private init(_ field: RecordScheme.Field) {
        key = Self.kept(field.key)
        let (rank, name) = AttributeOrder.answerPlace(of: field.name)
        var label: [UInt8] = []
        JSON.write(field.name, into: &label)
        self.label = Self.kept(label + [UInt8(ascii: ":")])
        kind =
            switch field.type {
            case .boolean: .boolean
            case .complex: .complex
            case .integer: .other
            case .string, .decimal, .dateTime, .binary, .reference: .text
            }
        isList = field.isMultiValued
        inner = Self.all(field.inner)
        self.rank = rank
        section = AttributeOrder.section(ofAnswerRank: rank).rawValue
        role =
            switch name {
            case "userName": .userName
            case "externalId": .externalID
            case "emails": .emails
            case RecordFile.enterpriseURN: .enterprise
            case "value": .value
            case "manager": .manager
            default: .none
            }
    }

    private static func kept(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
        let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = room.initialize(from: bytes)
        return UnsafeBufferPointer(room)
    }
}
