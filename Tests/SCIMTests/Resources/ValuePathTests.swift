import Testing

@testable import SCIM

struct ValuePathTests {
    @Test func `parts stand behind what they are parts of`() {
        let path = ValuePath("emails")
        #expect("\(path)" == "emails")
        #expect("\(path.part("value"))" == "emails.value")
        #expect("\(path.part("value").part("deep").part("deeper"))" == "emails.value.deep.deeper")
        #expect("\(ValuePath("").part("x"))" == ".x")
    }
}
