import SCIM
import Testing

/// Facts 1.9.
struct EntityTagTests {
    @Test(
        arguments: [
            ("*", .any), (" * ", .any), (#"W/"a""#, .tags([EntityTag("a")])),
            (#""a""#, .tags([EntityTag("a", isWeak: false)])),
            (#"W/"a", "b" ,W/"c,d""#, .tags([EntityTag("a"), EntityTag("b", isWeak: false), EntityTag("c,d")])),
            ("a", .tags([EntityTag("a", isWeak: false)])), ("", nil), ("\"a", nil), (",", nil), ("W/", nil),
        ] as [(String, EntityTagList?)]
    )
    func `a header is read`(header: String, expected: EntityTagList?) {
        #expect(EntityTagList(parsing: header) == expected)
    }

    @Test(
        arguments: [
            (nil, nil, true, .proceed), (#"W/"v""#, nil, false, .proceed), (#""v""#, nil, false, .proceed),
            (#"W/"x""#, nil, false, .failed), (#"W/"x""#, nil, true, .failed), ("*", nil, false, .proceed),
            (nil, #"W/"v""#, true, .notModified), (nil, #"W/"v""#, false, .failed), (nil, "*", true, .notModified),
            (nil, #"W/"x", W/"v""#, true, .notModified), (nil, #"W/"x""#, true, .proceed), ("\"", nil, false, .failed),
        ] as [(String?, String?, Bool, Precondition)]
    )
    func `conditions are weighed weakly`(ifMatch: String?, ifNoneMatch: String?, isRead: Bool, expected: Precondition) {
        let result = Precondition.evaluate(
            ifMatch: ifMatch,
            ifNoneMatch: ifNoneMatch,
            current: EntityTag("v"),
            isRead: isRead
        )
        #expect(result == expected)
    }
}
