package import YAML

/// How the store is doing, for a status page and for whoever asks whether the server is ready.
package struct StoreStatus: Hashable, Sendable {
    /// Why nothing is written until dagroster is started again; nil while all is well.
    package var failure: String?
    /// Why changes are not taken at present; nil while they are.
    package var refusal: String?
    /// Changes that are in the journal and not in the files yet.
    package var changesBehind: Int
    /// How long the oldest of them has waited.
    package var oldestAge: Duration?
    /// Why files could not be written at the last attempt.
    package var fileTrouble: String?
    /// Why changed files are looked for from time to time, and not noticed at once.
    package var watchTrouble: String?
    /// What is wrong with files that cannot be read or written.
    package var brokenFiles: [Diagnostic]

    package init(
        failure: String? = nil,
        refusal: String? = nil,
        changesBehind: Int = 0,
        oldestAge: Duration? = nil,
        fileTrouble: String? = nil,
        watchTrouble: String? = nil,
        brokenFiles: [Diagnostic] = []
    ) {
        self.failure = failure
        self.refusal = refusal
        self.changesBehind = changesBehind
        self.oldestAge = oldestAge
        self.fileTrouble = fileTrouble
        self.watchTrouble = watchTrouble
        self.brokenFiles = brokenFiles
    }
}
