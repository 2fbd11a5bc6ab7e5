/// Where a request goes: `/graphql`, `/DEPLOYMENT/graphql`, and either of them under the organisation's name.
enum Address: Equatable {
    case organization
    case deployment(String)
    case nowhere

    /// Takes a path apart; a name that a deployment has means the deployment.
    init(_ path: String, organization: String, deployments: Set<String>) {
        var parts = path.split(separator: "/").map { String($0).removingPercentEncoding }
        guard parts.popLast() == "graphql" else {
            self = .nowhere
            return
        }
        if parts.first == organization, parts.count == 2 || !deployments.contains(organization) { parts.removeFirst() }
        switch (parts.count, parts.first) {
        case (0, _): self = .organization
        case (1, let name??): self = .deployment(name)
        default: self = .nowhere
        }
    }
}

extension String {
    /// With each `%XX` as the byte that it stands for; nil where that is no text.
    fileprivate var removingPercentEncoding: String? {
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2
            else { return nil }
            bytes.append(value)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
