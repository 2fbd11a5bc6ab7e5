/// Something that goes wrong with a request.
package struct Fault: Hashable, Sendable {
    /// What goes wrong.
    package enum Kind: Hashable, Sendable {
        /// An answer of the gateway, such as 401, 403, 409, 429, 502, 503 or 504.
        case status(Int, RetryAfter? = nil)
        /// No answer at all.
        case silence
        /// An answer that ends in the middle, and the connection with it.
        case cut
        /// A page for people where JSON is expected.
        case html
        /// Dagster+'s notice of maintenance.
        case maintenance
        /// Status 500 with `data`, in which everything is a `PythonError`.
        case pythonErrors
        /// Status 200 with `errors` beside the whole `data`.
        case errorsBesideData
        /// The right answer, but with a third of the people and teams.
        case shortLists
        /// The right answer, late.
        case slow(Duration)
        /// A redirection to an address.
        case redirect(String)
        /// The right answer, but somebody else runs a mutation at the same time.
        case secondWriter(String)
    }

    /// How long the client is told to wait.
    package enum RetryAfter: Hashable, Sendable {
        case seconds(Int)
        /// A date so many seconds from now.
        case date(Int)
    }

    /// Which requests are counted.
    package enum Counted: String, Hashable, Sendable, CaseIterable {
        case reads = "read"
        case writes = "write"
        case all = "any"
    }

    /// Whether the request is done nonetheless.
    package enum Moment: String, Hashable, Sendable, CaseIterable {
        case before
        case after
    }

    package var kind: Kind
    package var counted: Counted
    /// The first request that it happens to, counted from 1.
    package var first: Int
    /// How many requests after one another it happens to.
    package var times: Int
    package var moment: Moment

    package init(
        _ kind: Kind,
        at counted: Counted,
        _ first: Int,
        times: Int = 1,
        _ moment: Moment = .before
    ) {
        self.kind = kind
        self.counted = counted
        self.first = first
        self.times = times
        self.moment = moment
    }
}

extension Fault {
    /// Whether the fault happens to a request; `number` counts those of its kind, `overall` all.
    func happens(toWrite isWrite: Bool, number: Int, overall: Int) -> Bool {
        let place: Int
        switch counted {
        case .reads where !isWrite: place = number
        case .writes where isWrite: place = number
        case .all: place = overall
        default: return false
        }
        return place >= first && place - first < times
    }
}
