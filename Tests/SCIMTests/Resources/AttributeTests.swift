import Testing

@testable import SCIM

/// Attributes are shared, and the same all the same when somebody describes one twice.
struct AttributeTests {
    private static func email(_ type: Attribute.DataType = .string, isKept: Bool = true) -> Attribute {
        let value = Attribute("value", type, description: "")
        return Attribute(
            "emails",
            .complex,
            isMultiValued: true,
            subAttributes: [value],
            isKept: isKept,
            description: ""
        )
    }

    @Test func `attributes are compared by what they say`() {
        #expect(Self.email() == Self.email() && Self.email().hashValue == Self.email().hashValue)
        #expect(Self.email() != Self.email(.binary) && Self.email() != Self.email(isKept: false))
        #expect(Set([Self.email(), Self.email(), Self.email(.binary)]).count == 2)
    }

    @Test(arguments: ResourceType.user.schemas.flatMap(\.attributes))
    func `whether it is kept is all that changes`(_ attribute: Attribute) {
        let dropped = attribute.keeping(false)
        #expect(!dropped.isKept && attribute.isKept && dropped != attribute)
        #expect(dropped.representation == attribute.representation && dropped.keeping(true) == attribute)
    }

    @Test(arguments: [("VALUE", 0), ("value", 0), ("type", nil), ("", nil)] as [(String, Int?)])
    func `a part is found whatever its letter case`(_ name: String, _ place: Int?) {
        #expect(Self.email().indexOfPart(named: name) == place)
        #expect((Self.email().subAttribute(named: name) == nil) == (place == nil))
    }
}
