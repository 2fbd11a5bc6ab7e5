import Access
import Git
import Reconcile
import Reports
import Roster
import Tree
import YAML

/// Two states of a tree that are to be compared.
struct Comparison {
    let tree: String
    let repository: Repository
    let old: CommitID
    /// Nil: the files as they lie.
    let new: CommitID?
    let from: TreeMoment
    let to: TreeMoment

    /// Understands `REV`, `A..B`, `A...B` and nothing, in which HEAD stands for what is left out.
    static func find(_ range: String?, in repository: Repository, of tree: String) async throws -> Comparison {
        let names = parsed(range)
        var (old, before) = try await Revision.find(names.old, in: repository, of: tree)
        guard let name = names.new else {
            let day = CalendarDate(secondsSince1970: Double(Clock.now().milliseconds) / 1000)
            return Comparison(
                tree: tree,
                repository: repository,
                old: old,
                new: nil,
                from: TreeMoment(commit: old.hex, seconds: before.committer.seconds, day: day),
                to: TreeMoment(commit: nil, seconds: nil, day: day)
            )
        }
        let (new, after) = try await Revision.find(name, in: repository, of: tree)
        if names.isFromMergeBase {
            guard let base = try await repository.mergeBase(old, new) else {
                throw Failure.usage(
                    "\"\(names.old)\" and \"\(name)\" have no common commit here\(try await hint(repository))"
                )
            }
            (old, before) = (base, try await repository.info(of: base))
        }
        let day = CalendarDate(secondsSince1970: Double(after.committer.seconds))
        return Comparison(
            tree: tree,
            repository: repository,
            old: old,
            new: new,
            from: TreeMoment(commit: old.hex, seconds: before.committer.seconds, day: day),
            to: TreeMoment(commit: new.hex, seconds: after.committer.seconds, day: day)
        )
    }

    private static func parsed(_ range: String?) -> (old: String, new: String?, isFromMergeBase: Bool) {
        guard let range else { return ("HEAD", nil, false) }
        for (dots, isFromMergeBase) in [("...", true), ("..", false)] {
            guard let found = range.firstRange(of: dots) else { continue }
            let (old, new) = (String(range[..<found.lowerBound]), String(range[found.upperBound...]))
            return (old.isEmpty ? "HEAD" : old, new.isEmpty ? "HEAD" : new, isFromMergeBase)
        }
        return (range, "HEAD", false)
    }

    private static func hint(_ repository: Repository) async throws -> String {
        try await repository.isShallow() ? "\nhint: this clone is shallow; run \"git fetch --unshallow\"" : ""
    }
}
