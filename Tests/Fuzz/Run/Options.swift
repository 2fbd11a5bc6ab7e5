import Foundation

/// What a run is asked to do.
struct Options {
    /// How many inputs.
    var count = 100_000
    /// After how many seconds it ends all the same; nil: when all inputs are done.
    var seconds: Double?
    var seed = UInt64.random(in: 1...999_999)
    /// The only input that is tried, by itself: what HTTP found after others takes the whole run again.
    var index: Int?
    var only: Subject?
    /// A file that is tried in place of all else, as input of `only`.
    var input: String?
    /// Where inputs are kept for which a law did not hold.
    var folder = ".build/fuzz"

    struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        func number<Number: LosslessStringConvertible>(_ text: String?, _ name: String) throws -> Number {
            guard let number = text.flatMap(Number.init) else { throw Wrong(description: "\(name) needs a number") }
            return number
        }
        while let argument = rest.popFirst() {
            switch argument {
            case "--seconds": seconds = try number(rest.popFirst(), argument)
            case "--seed": seed = try number(rest.popFirst(), argument)
            case "--index": index = try number(rest.popFirst(), argument)
            case "--only":
                only = rest.popFirst().flatMap(Subject.init)
                let all = Subject.allCases.map(\.rawValue).joined(separator: ", ")
                if only == nil { throw Wrong(description: "--only needs one of \(all)") }
            case "--input": input = rest.popFirst()
            case "--folder": folder = rest.popFirst() ?? folder
            default: count = try number(argument, "the number of inputs \"\(argument)\"")
            }
        }
        if input != nil, only == nil { throw Wrong(description: "--input needs --only, which says what the file is") }
    }
}
