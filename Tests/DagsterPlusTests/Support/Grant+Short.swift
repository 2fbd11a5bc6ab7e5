import Access

extension Grant {
    /// A viewer of one deployment.
    static func viewer(of deployment: String) -> Grant { Grant(scope: .deployment(deployment), role: .viewer) }
}
