import Foundation
import Git
import Tree

/// Where a tree is to be made, looked at before anything is written.
struct InitSite {
    /// The tree's folder, absolute; it may be missing.
    let folder: String
    /// Whether the tree goes into a repository that is there already.
    let isInRepository: Bool
    /// The branch that the first commit goes to.
    let branch: String
    /// What is put back when something fails.
    private let before: InitialState
    private let hasGit: Bool

    /// Refuses a folder that is a tree or no folder, and a repository to whose checked-out branch nothing can be
    /// committed.
    static func survey(_ folder: String) async throws -> InitSite {
        guard !TreeFinder.isTree(folder) else { throw TreeError.exists(folder) }
        let existing = try nearestFolder(to: folder)
        let repository = try await Repository.discover(existing)
        var branch = "main"
        if let repository {
            guard repository.workTree != nil else {
                throw Failure.unexpected(
                    "\"\(existing)\" is inside a bare repository or a repository's own data, where no tree can lie; "
                        + "nothing was written\nhint: choose a folder of a clone of it"
                )
            }
            guard let found = try await repository.branch() else {
                throw Failure.unexpected(
                    "HEAD is detached in \"\(existing)\", and a tree needs a branch; nothing was written\n"
                        + "hint: git switch BRANCH, or git switch --create BRANCH"
                )
            }
            branch = found
        }
        return InitSite(
            folder: folder,
            isInRepository: repository != nil,
            branch: branch,
            before: try InitialState(of: folder),
            hasGit: FileManager.default.fileExists(atPath: folder + "/.git")
        )
    }

    /// The repository with the tree's folder in it; it is made where there is none.
    func repositoryOfTree() async throws -> Repository {
        if isInRepository, let repository = try await Repository.discover(folder) { return repository }
        return try await Repository.create(at: folder, branch: branch)
    }

    /// Does something, and puts back what was there before if it fails.
    func undoingOnFailure<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            // What failed is said, not what failed after it.
            if !isInRepository, !hasGit { try? FileManager.default.removeItem(atPath: folder + "/.git") }
            try? before.restore()
            throw Failure.unexpected("\(error)\nhint: no tree was made, and what had been written was removed")
        }
    }

    /// The folder itself or the nearest one above it that is there.
    private static func nearestFolder(to folder: String) throws -> String {
        var path = folder
        while true {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
                guard isFolder.boolValue else {
                    throw Failure.unexpected("\"\(path)\" is a file and no folder; nothing was written")
                }
                return path
            }
            guard path != "/", let slash = path.lastIndex(of: "/") else { return "/" }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
    }
}
