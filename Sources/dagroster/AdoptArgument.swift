/// `--adopt` stands alone or with a key, which the argument parser has no words for.
enum AdoptArgument {
    /// The value that stands for everything: no key is spelled so.
    static let everything = "*"

    /// The command line with a value for every `--adopt` that has none.
    static func completed(_ arguments: [String]) -> [String] {
        var result: [String] = []
        for (index, argument) in arguments.enumerated() {
            let next = index + 1 < arguments.count ? arguments[index + 1] : nil
            let isAlone = argument == "--adopt" && (next?.hasPrefix("-") ?? true)
            result.append(isAlone ? "--adopt=\(everything)" : argument)
        }
        return result
    }
}
