/// Decides whether the tree may be written at this moment.
package protocol WriteGate: Sendable {
    /// Why nothing may be written now, for whoever can change it; nil when writing is fine.
    func refusal() -> String?

    /// Whether another program is in the middle of changing many files.
    var isBusy: Bool { get }
}

extension WriteGate {
    package var isBusy: Bool { false }
}

/// A gate that is always open: a folder that is no repository has no branch that could be the wrong one.
package struct OpenGate: WriteGate {
    package init() {}

    package func refusal() -> String? { nil }
}
