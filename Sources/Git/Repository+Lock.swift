#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Repository {
    /// Whether a git holds the index, as it does from before it changes the first file of a checkout, a merge or a pull
    /// until after the last.
    package var isBusy: Bool { FileManager.default.fileExists(atPath: folder + "/index.lock") }
}
