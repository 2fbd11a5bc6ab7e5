/// Finds the byte at a place, walking forwards only as far as it must: places asked for in order cost one pass in all.
struct TextCursor {
    private let text: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private var place = Place.start

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// The byte at a place, nil behind the end.
    mutating func byte(at wanted: Place) -> UInt8? {
        move(to: wanted)
        return offset < text.count ? text[offset] : nil
    }

    /// The character at a place, nil behind the end.
    mutating func character(at wanted: Place) -> Unicode.Scalar? {
        move(to: wanted)
        return String(decoding: text[min(offset, text.count)..<min(offset + 4, text.count)], as: UTF8.self)
            .unicodeScalars.first
    }

    /// Whether nothing but spaces stands before a place on its line.
    mutating func isFirstOnLine(_ place: Place) -> Bool {
        (1..<max(place.column, 1)).allSatisfy { byte(at: Place(line: place.line, column: $0)) == 0x20 }
    }

    private mutating func move(to wanted: Place) {
        if wanted < place {
            offset = 0
            place = .start
        }
        while place < wanted, offset < text.count {
            if text[offset] == 0x0A {
                place = Place(line: place.line + 1, column: 1)
            } else {
                place.column += 1
            }
            offset += 1
            while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
        }
    }
}
