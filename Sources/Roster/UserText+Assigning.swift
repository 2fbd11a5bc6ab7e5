internal import SCIM

// Changing a few attributes leaves the text of all others as it is.
extension UserText {
    /// The text with other values of some attributes; nil where that takes more than writing over what stands there.
    ///
    /// It does not know how to put in what was absent, nor where to find what is no core attribute.
    func assigning(_ assignments: Assignments) -> UserText? {
        var members: [(range: Range<Int>, text: [UInt8])] = []
        for (name, value) in assignments.values {
            guard let range = coreMember(name) else { return nil }
            members.append((range, Self.member(name, value)))
        }
        return replacing(members.sorted { $0.range.lowerBound < $1.range.lowerBound })
    }

    /// Those of some assignments that change something, in canonical form; nil where that takes more than a look at
    /// what stands there.
    func changes(by assignments: Assignments) -> Assignments? {
        var values: [String: Value?] = [:]
        for (name, value) in assignments.values {
            guard let range = coreMember(name) else { return nil }
            let text = Self.member(name, value)
            if text.isEmpty {
                if name != "active" { values[name] = .some(nil) }
            } else if !bytes[range].elementsEqual(text) {
                values[name] = value.map(AttributeOrder.canonical)
            }
        }
        return Assignments(values)
    }

    /// A member as it stands in the text; empty for no value.
    private static func member(_ name: String, _ value: Value?) -> [UInt8] {
        guard let value = value.map(AttributeOrder.canonical), !value.isUnassigned else { return [] }
        var text: [UInt8] = []
        JSON.write(member: name, value, into: &text)
        return text
    }

    /// Where a core attribute stands, its name included; nil where it is absent.
    private func coreMember(_ name: String) -> Range<Int>? {
        let place = AttributeOrder.answerPlace(of: name)
        let section = AttributeOrder.section(ofAnswerRank: place.rank)
        guard place.name == name, section == .details || section == .rights else { return nil }
        let start = range(of: section).lowerBound
        return withSection(section) { text in
            var scanner = MemberScanner(text)
            while let member = scanner.next() {
                guard scanner.isName(member.name, name) else { continue }
                return start + member.name.lowerBound..<start + member.value.upperBound
            }
            return nil
        }
    }

    /// The text with other members in the places of some, which are in order; an empty one is left out.
    private func replacing(_ members: [(range: Range<Int>, text: [UInt8])]) -> UserText {
        var rest = members[...]
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + members.reduce(0) { $0 + $1.text.count })
        var newEnds = ends
        for section in [Section.details, .rights, .extensions, .unknown] {
            let place = range(of: section)
            let begin = text.count
            withSection(section) { old in
                var scanner = MemberScanner(old)
                while let first = rest.first, first.range.lowerBound < place.upperBound, let member = scanner.next() {
                    let range = place.lowerBound + member.name.lowerBound..<place.lowerBound + member.value.upperBound
                    let new = range == first.range ? first.text[...] : bytes[range]
                    if range == first.range { rest.removeFirst() }
                    guard !new.isEmpty else { continue }
                    if text.count > begin { text.append(UInt8(ascii: ",")) }
                    text.append(contentsOf: new)
                }
                let end = min(scanner.position, old.count)
                guard end < old.count else { return }
                if end > 0, text.count > begin { text.append(UInt8(ascii: ",")) }
                text.append(contentsOf: old[end...])
            }
            newEnds[section.rawValue] = UInt32(clamping: text.count)
        }
        text.append(contentsOf: bytes[range(of: .created)])
        return UserText(text, ends: newEnds, hasLinks: hasLinks)
    }
}
