package import SCIM
internal import Synchronization

/// What may be changed while requests are answered: how they are read.
package final class Behaviour: Sendable {
    // A class, because a signal changes it for all requests to come.
    private let current: Mutex<Policy>

    package init(_ policy: Policy) { current = Mutex(policy) }

    package var policy: Policy {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
