import SCIM

/// What holds for answers over a connection: each is whole and well-formed, none says that the server failed, and behind
/// the last one the connection ends.
enum WireLaws {
    static func http(_ bytes: [UInt8], on endpoint: FuzzedEndpoint) throws -> Verdict {
        var rest = try endpoint.answer(to: bytes)[...]
        var verdict = Verdict.refused
        var isLast = false
        while !rest.isEmpty {
            try Broken.unless(!isLast, "more behind the last answer: \(Array(rest.prefix(80)).text)")
            let head = try Head(&rest)
            isLast = head.isLast
            if (200..<300).contains(head.status) { verdict = .accepted }
            // Nobody has the identity that "/Me" asks for.
            try Broken.unless(head.status < 500 || head.status == 501, "an answer says \(head.status)")
            try body(behind: head, &rest)
        }
        return verdict
    }

    private static func body(behind head: Head, _ rest: inout ArraySlice<UInt8>) throws {
        guard let length = head.length, length > 0 else { return }
        // The answer to HEAD says how long the body would have been; no body begins as a head does.
        if rest.isEmpty || rest.starts(with: Head.start) { return }
        try Broken.unless(rest.count >= length, "an answer of \(rest.count) bytes that says \(length)")
        let body = Array(rest.prefix(length))
        rest = rest.dropFirst(length)
        let value = try? JSON.read(body)
        try Broken.unless(value?.object != nil, "an answer that is no JSON: \(body.text.prefix(200))")
        guard head.status >= 400, value?.object?["error"] == nil else { return }
        let said = value?.object?["status"]?.string
        try Broken.unless(said == "\(head.status)", "a refusal \(head.status) that says \(said ?? "nothing")")
    }

    /// The status line and fields of one answer.
    private struct Head {
        static let start = Array("HTTP/1.1 ".utf8)
        let status: Int
        private(set) var length: Int?
        private(set) var isLast = false

        init(_ rest: inout ArraySlice<UInt8>) throws {
            var lines: [String] = []
            while true {
                guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex, rest[end - 1] == 0x0D else {
                    throw Broken("half an answer: \(Array(rest.prefix(80)).text)")
                }
                let line = rest[..<(end - 1)]
                rest = rest[(end + 1)...]
                if line.isEmpty { break }
                try Broken.unless(line.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a head with \(Array(line))")
                lines.append(String(decoding: line, as: UTF8.self))
            }
            let first = lines.first ?? ""
            guard first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3)) else {
                throw Broken("no status line: \(first)")
            }
            self.status = status
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else {
                    throw Broken("no field: \(line)")
                }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                switch line[..<colon].lowercased() {
                case "content-length":
                    try Broken.unless(length == nil, "two lengths")
                    length = Int(value)
                case "connection": isLast = isLast || value.lowercased() == "close"
                case "transfer-encoding": throw Broken("an answer in chunks")
                default: break
                }
            }
            let hasBody = status >= 200 && status != 204 && status != 304
            try Broken.unless(!hasBody || length != nil, "an answer \(status) without a length")
        }
    }
}
