/// Where a value stands, as errors and logs say it: `emails.value`.
///
/// It is put together only for those; of almost all values nothing has to be said.
struct ValuePath {
    private let whole: String
    private let part: String?

    /// The path of an attribute, or one that a client wrote.
    init(_ whole: String) { self.init(whole, part: nil) }

    private init(_ whole: String, part: String?) {
        self.whole = whole
        self.part = part
    }

    /// The path of a part of what stands there.
    func part(_ name: String) -> ValuePath { ValuePath(part == nil ? whole : description, part: name) }
}

extension ValuePath: CustomStringConvertible {
    /// Names with dots between them.
    var description: String { part.map { "\(whole).\($0)" } ?? whole }
}
