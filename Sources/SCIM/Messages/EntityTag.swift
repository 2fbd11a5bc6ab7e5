/// A version of a resource, as `ETag` and `meta.version` state it: `W/"…"` (RFC 7644 section 3.14, RFC 9110
/// section 8.8.3).
public struct EntityTag: Hashable, Sendable {
    /// What stands between the quotes.
    public var opaque: String
    /// Whether it is marked as weak.
    public var isWeak: Bool

    /// A tag; SCIM prefers weak ones.
    public init(_ opaque: String, isWeak: Bool = true) {
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// Whether two tags name the same version; compared weakly, or every `If-Match` on a weak tag would fail.
    public func matches(_ other: EntityTag) -> Bool { opaque == other.opaque }
}

extension EntityTag: CustomStringConvertible {
    /// The tag as a header states it.
    public var description: String { (isWeak ? "W/" : "") + "\"\(opaque)\"" }
}

/// What `If-Match` or `If-None-Match` lists.
public enum EntityTagList: Hashable, Sendable {
    /// `*`: any version.
    case any
    /// These versions.
    case tags([EntityTag])

    /// Reads a header; nil for one that is neither `*` nor a list of tags.
    ///
    /// A tag without quotes counts, too, because clients copy `meta.version` as they like.
    public init?(parsing header: String) {
        var tags: [EntityTag] = []
        var rest = Substring(header).utf8
        while true {
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }
            guard let first = rest.first else { break }
            if first == UInt8(ascii: "*"), tags.isEmpty, rest.dropFirst().allSatisfy({ $0 == 0x20 }) {
                self = .any
                return
            }
            guard let tag = Self.tag(from: &rest) else { return nil }
            tags.append(tag)
        }
        guard !tags.isEmpty else { return nil }
        self = .tags(tags)
    }

    private static func tag(from rest: inout Substring.UTF8View) -> EntityTag? {
        let isWeak = rest.starts(with: "W/".utf8) || rest.starts(with: "w/".utf8)
        if isWeak { rest = rest.dropFirst(2) }
        guard rest.first == UInt8(ascii: "\"") else {
            let bare = rest.prefix { $0 != UInt8(ascii: ",") && $0 != 0x20 && $0 != UInt8(ascii: "\"") }
            rest = rest.dropFirst(bare.count)
            return bare.isEmpty ? nil : EntityTag(String(Substring(bare)), isWeak: isWeak)
        }
        let inner = rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
        rest = rest.dropFirst(inner.count + 1)
        guard rest.popFirst() != nil else { return nil }
        return EntityTag(String(Substring(inner)), isWeak: isWeak)
    }

    /// Whether a present version is listed.
    public func contains(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.matches(tag) }
        }
    }
}

/// What the two conditional headers make of a request on a resource that exists.
public enum Precondition: Hashable, Sendable {
    /// The request is done.
    case proceed
    /// 304: the client has this version.
    case notModified
    /// 412: it is another version than the client thinks.
    case failed

    /// Weighs both headers; `isRead` is true for GET and HEAD (RFC 9110 section 13.2.2).
    ///
    /// A header that cannot be read fails a change and does not hinder a read. The present version is asked for only
    /// where a header names one.
    public static func evaluate(
        ifMatch: String?,
        ifNoneMatch: String?,
        current: @autoclosure () -> EntityTag,
        isRead: Bool
    ) -> Precondition {
        if let ifMatch {
            guard let list = EntityTagList(parsing: ifMatch) else { return isRead ? .proceed : .failed }
            if !list.contains(current()) { return .failed }
        }
        if let ifNoneMatch, let list = EntityTagList(parsing: ifNoneMatch), list.contains(current()) {
            return isRead ? .notModified : .failed
        }
        return .proceed
    }
}
