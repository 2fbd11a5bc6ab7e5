/// How a store is to work.
package struct StoreOptions: Sendable {
    /// Asked before each write.
    package var gate: any WriteGate
    /// Asked before each answer to a change; nil: what is on disk is answered.
    package var confirmation: (any ChangeConfirmation)?
    /// How far the files may be behind.
    package var limits: StoreLimits
    /// Keeps word of what is about to be written.
    package var log: any WriteLog
    /// Tells of what others do to the files; nil: what the system has.
    package var watch: (any FolderWatch)?
    /// Told what happens without anybody's request; it must not wait for anything.
    package var report: @Sendable (StoreEvent) -> Void

    package init(
        gate: any WriteGate = OpenGate(),
        confirmation: (any ChangeConfirmation)? = nil,
        limits: StoreLimits = StoreLimits(),
        log: any WriteLog = NoWriteLog(),
        watch: (any FolderWatch)? = nil,
        report: @escaping @Sendable (StoreEvent) -> Void = { _ in }
    ) {
        self.gate = gate
        self.confirmation = confirmation
        self.limits = limits
        self.log = log
        self.watch = watch
        self.report = report
    }

    /// The watch for a tree.
    func watch(of root: String, _ disk: Disk) -> any FolderWatch {
        if let watch { return watch }
        #if os(Linux)
            return InotifyWatch(root: root, disk: disk)
        #else
            return NoWatch()
        #endif
    }
}
