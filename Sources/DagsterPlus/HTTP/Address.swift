/// Where an organisation answers: scheme, host, port and the path before `/graphql`.
package struct Address: Hashable, Sendable {
    /// What a token may be sent to again: the same scheme, host and port.
    package struct Origin: Hashable, Sendable {
        /// In lower case.
        package var scheme: String
        /// In lower case, an IPv6 address in brackets.
        package var host: String
        package var port: Int
    }

    package var origin: Origin
    /// Without a slash at its end.
    package var path: String

    /// Reads `https://HOST[:PORT][/PATH]`; nil for anything else, a user before the host and a query included.
    package init?(_ text: String) {
        let lowercased = text.lowercased()
        guard let scheme = ["https", "http"].first(where: { lowercased.hasPrefix($0 + "://") }) else { return nil }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let (host, port) = Self.hostAndPort(authority, isSecure: scheme == "https") else { return nil }
        let path = rest.dropFirst(authority.count)
        guard path.utf8.allSatisfy({ 0x21..<0x7F ~= $0 && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }) else {
            return nil
        }
        origin = Origin(scheme: scheme, host: host, port: port)
        self.path = String(path.hasSuffix("/") ? path.dropLast() : path)
    }

    private static func hostAndPort(_ authority: Substring, isSecure: Bool) -> (String, Int)? {
        let end = authority.lastIndex(of: "]").map { authority.index(after: $0) } ?? authority.startIndex
        let colon = authority[end...].lastIndex(of: ":")
        let host = authority[..<(colon ?? authority.endIndex)].lowercased()
        guard !host.isEmpty, host.utf8.allSatisfy({ 0x21..<0x7F ~= $0 }), !host.contains("@") else { return nil }
        guard let colon else { return (host, isSecure ? 443 : 80) }
        guard let port = UInt16(authority[authority.index(after: colon)...]), port > 0 else { return nil }
        return (host, Int(port))
    }
}

extension Address {
    /// The address of the organisation's GraphQL, or of one deployment's.
    func graphQL(deployment: String? = nil) -> Address {
        var address = self
        address.path += (deployment.map { "/" + Self.escaped($0) } ?? "") + "/graphql"
        return address
    }

    /// Where a redirect leads to; nil when that is no address.
    func resolving(_ location: String) -> Address? {
        // A query and a fragment belong to pages for people; the API has neither.
        let location = String(location.prefix { $0 != "?" && $0 != "#" })
        if location.hasPrefix("//") { return Address(origin.scheme + ":" + location) }
        if location.hasPrefix("/") { return Address(origin.description + location) }
        return Address(location)
    }

    private static func escaped(_ name: String) -> String {
        name.utf8.map { byte -> String in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            return isPlain
                ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16).uppercased()
        }.joined()
    }
}

extension Address.Origin: CustomStringConvertible {
    /// `https://acme.dagster.cloud`, with the port where it is not the scheme's own.
    package var description: String {
        let isUsual = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(port)")
    }
}

extension Address: CustomStringConvertible {
    package var description: String { origin.description + path }
}
