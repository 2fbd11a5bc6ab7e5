import Foundation
import Testing

/// A second reader of YAML, which knows nothing of this program's.
enum PyYAML {
    /// The documents by path as PyYAML reads them, dates and numbers in words that no text has; nil where there is no
    /// `python3` with PyYAML on the path (`Tests/run.sh` makes one).
    static func read(_ paths: [String], in folder: TemporaryFolder) throws -> [String: JSONValue]? {
        guard isInstalled else { return nil }
        let script = """
            import json, sys, yaml
            def show(value):
                if isinstance(value, dict): return {str(key): show(item) for key, item in value.items()}
                if isinstance(value, list): return [show(item) for item in value]
                return value if isinstance(value, (str, bool)) else {"not text": repr(value)}
            with open(sys.argv[1]) as names:
                paths = json.load(names)
            json.dump({path: show(yaml.safe_load(open(path, "rb"))) for path in paths}, sys.stdout)
            """
        return try TemporaryFolder.with { scratch in
            try scratch.write(JSONValue.array(paths.map { .string($0) }).text, to: "paths.json")
            let result = try Program.run(executable: "python3", ["-c", script, scratch.path("paths.json")], in: folder)
            try #require(result.exitCode == 0, "\(result)")
            guard case .object(let documents) = try JSONValue(parsing: Array(result.output.utf8)) else { return nil }
            return documents
        }
    }

    static let isInstalled: Bool = {
        let result = try? TemporaryFolder.with { folder in
            try Program.run(executable: "python3", ["-c", "import yaml"], in: folder)
        }
        return result?.exitCode == 0
    }()
}
