import Glibc

/// How many files and connections the process may have open.
enum FileLimit {
    /// Files that are open for other reasons than connections: the journal, batches of records, git.
    private static let others = 256

    /// Raises the limit as far as it goes, and says how many connections it then allows, at most as many as are wanted.
    static func raised(for connections: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return min(connections, 512) }
        let wanted = rlim_t(connections + others)
        if limit.rlim_cur < wanted {
            limit.rlim_cur = min(wanted, limit.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return max(16, min(connections, Int(clamping: limit.rlim_cur) - others))
    }
}
