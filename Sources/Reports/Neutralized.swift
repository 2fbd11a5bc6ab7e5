internal import YAML

extension String {
    /// The text as it may be shown: see ``Printable/line(_:)``.
    package var neutralized: String { Printable.line(self) }
}
