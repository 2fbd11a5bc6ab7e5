import Publish
import Reports
import Store

/// Where the parts of a running `serve` leave word of how they are, for the admin port.
actor StatusBoard {
    private var publish: (@Sendable () async -> PublishStatus)?

    /// Says how commits are doing from now on.
    func show(_ publish: @escaping @Sendable () async -> PublishStatus) { self.publish = publish }

    /// How commits are doing; nil before the publisher has begun, and where nothing is committed.
    func publishStatus() async -> PublishStatus? { await publish?() }
}
