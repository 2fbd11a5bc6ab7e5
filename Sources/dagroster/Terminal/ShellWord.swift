/// A name as a person can paste it into a shell.
enum ShellWord {
    /// The name as it is where no shell would take it apart, in single quotes otherwise; never an option.
    static func quoted(_ name: String) -> String {
        let word = name.hasPrefix("-") ? "./" + name : name
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-+@%:,".utf8.contains(byte)
            }
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
