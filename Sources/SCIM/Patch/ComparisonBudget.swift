/// How many comparisons of list values one PATCH may still make: it is applied while other requests wait.
///
/// The brackets of each operation compare all values of a list. All of them together may compare as many as could be added
/// to a list in one request.
struct ComparisonBudget {
    private let limit: Int
    private var left: Int

    init(_ policy: Policy) {
        limit = (policy.maximumOperations + policy.maximumElements) * policy.maximumElements
        left = limit
    }

    /// Notes that brackets are about to be compared with each of so many values; refused once that is too much.
    mutating func spend(_ condition: Condition<ElementTest>?, on count: Int) throws(SCIMError) {
        guard let condition else { return }
        let (product, isTooMuch) = condition.testCount.multipliedReportingOverflow(by: count)
        guard !isTooMuch, product <= left else {
            throw .payloadTooLarge(
                "the operations compare values of lists more than \(limit) times; send them in several requests"
            )
        }
        left -= product
    }
}

extension Condition {
    /// How many answers it may ask for; those of brackets are all tests.
    var testCount: Int {
        switch self {
        case .all(let conditions), .any(let conditions): conditions.reduce(0) { $0 + $1.testCount }
        case .not(let condition): condition.testCount
        case .test, .constant: 1
        }
    }
}
