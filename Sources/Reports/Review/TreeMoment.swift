package import Access
internal import Roster

/// The state of the tree that a report is about.
package struct TreeMoment: Hashable, Sendable {
    /// The commit's whole name; nil: the files as they lie.
    package var commit: String?
    /// When it was committed, in seconds since 1970.
    package var seconds: Int?
    /// The day on which grants count.
    package var day: CalendarDate

    /// Joins a state and the day on which it is looked at.
    package init(commit: String?, seconds: Int?, day: CalendarDate) {
        self.commit = commit
        self.seconds = seconds
        self.day = day
    }
}

extension TreeMoment {
    /// `commit 284c5f63dd of 2026-11-23T16:47:00Z`, or `the files as they lie`.
    var words: String {
        guard let commit else { return "the files as they lie" }
        return "commit \(PlanText.short(commit))" + (seconds.map { " of \(Self.time($0))" } ?? "")
    }

    /// A moment as reports write it.
    static func time(_ seconds: Int) -> String { Timestamp(milliseconds: seconds * 1000).wholeSeconds.description }
}

extension CommitNote {
    /// Which, when, who and why, in one line.
    var words: String {
        let name = PlanText.short(id)
        let end = isOldestHere ? ", the oldest commit of this shallow clone: it may be older" : ""
        return ["\(name)\(end)", TreeMoment.time(seconds), source ?? author, subject, why].compactMap { $0 }
            .joined(separator: " · ")
    }

    /// What the message says beside its subject about the reason.
    private var why: String? {
        var parts: [String] = []
        if let first = requests.first {
            parts.append("request \(first)" + (requests.count > 1 ? " and \(requests.count - 1) more" : ""))
        }
        if let handEdit { parts.append("edited by hand: \(handEdit)") }
        if let merge { parts.append("merged by \(PlanText.short(merge))") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
