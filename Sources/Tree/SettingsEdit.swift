internal import YAML

/// Changes one value in a settings' file and keeps everything else as a person wrote it.
struct SettingsEdit {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The file with another layout.
    ///
    /// - Throws: ``Diagnostic`` where the file states the layout in a way that cannot be edited.
    func setting(_ layout: Layout) throws(Diagnostic) -> [UInt8] {
        let (before, diagnostics) = Settings.read(bytes)
        guard var wanted = before else {
            throw diagnostics.first { $0.severity == .error } ?? refusal(nil)
        }
        if wanted.layout == layout { return bytes }
        wanted.layout = layout
        let root: Node
        do throws(YAMLError) {
            root = try Reader.read(bytes)
        } catch {
            throw Diagnostic(error, file: TreeLocation.settingsFile)
        }
        let place = root["layout"]?["shards"]?.place
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        if let place {
            lines[place.line - 1].replaceNumber(at: place.column, with: layout.shards)
        } else if root["layout"] == nil, let version = root["version"]?.place {
            lines.insert("layout: {shards: \(layout.shards)}", at: version.line)
        }
        let result = Array(lines.joined(separator: "\n").utf8)
        guard Settings.read(result).settings?.withoutPlaces == wanted.withoutPlaces else {
            throw refusal(place ?? root["layout"]?.place)
        }
        return result
    }

    private func refusal(_ place: Place?) -> Diagnostic {
        Diagnostic(
            file: TreeLocation.settingsFile,
            place: place,
            message: "layout.shards cannot be changed here without a loss",
            hint: "write it as a line of its own: layout: {shards: 0}"
        )
    }
}

extension String {
    /// Puts a number in the place of the digits at a column, from 1.
    fileprivate mutating func replaceNumber(at column: Int, with number: Int) {
        guard let start = index(startIndex, offsetBy: column - 1, limitedBy: endIndex) else { return }
        let end = self[start...].firstIndex { !("0"..."9").contains($0) } ?? endIndex
        replaceSubrange(start..<end, with: String(number))
    }
}

extension Settings {
    /// What they say, wherever it stands.
    fileprivate var withoutPlaces: Settings {
        var settings = self
        for index in settings.targets.indices { settings.targets[index].place = .start }
        return settings
    }
}
