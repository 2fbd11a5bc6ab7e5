import Foundation
import Testing

/// A pipeline of `examples/` as its forge would read it: parsed by PyYAML, which is no code of ours.
struct PipelineFile {
    let value: JSONValue

    init(_ path: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../examples/\(path)").standardizedFileURL
        let script = """
            import json, sys, yaml
            # A forge reads "on" as a word, and not as YAML 1.1's yes.
            print(json.dumps(yaml.load(open(sys.argv[1]), Loader=yaml.BaseLoader)))
            """
        let result = try TemporaryFolder.with { folder in
            try Program.run(executable: "python3", ["-c", script, file.path], in: folder)
        }
        try #require(result.exitCode == 0, "\(result)")
        value = try JSONValue(parsing: Array(result.output.utf8))
    }

    /// The shell of a named step of a job of GitHub Actions.
    func step(_ name: String, of job: String) throws -> String {
        let steps = value["jobs"]?[job]?["steps"]?.elements ?? []
        return try #require(steps.first { $0["name"]?.string == name }?["run"]?.string, "no step \"\(name)\" in \(job)")
    }

    /// The lines of a job of GitLab CI, as its runner joins them.
    func script(of job: String) throws -> String {
        let lines = try #require(value[job]?["script"]).elements.compactMap(\.string)
        return (["set -eo pipefail"] + lines).joined(separator: "\n")
    }
}

/// A machine of a forge: the tree as a clone of a remote, the program on its path, and a forge that keeps comments in a
/// folder.
struct PipelineMachine {
    let folder: TemporaryFolder
    let clone: TemporaryFolder

    /// A remote with a main branch, and a branch under review in which Lin joins the data platform.
    static func with<Result>(_ body: (PipelineMachine) throws -> Result) throws -> Result {
        try Acme.applied { tree in
            try TemporaryFolder.with { folder in
                try tree.git("switch", "--quiet", "-c", "topic")
                try tree.folder.write(
                    Acme.dataPlatform.replacing("role: viewer", with: "role: launcher"),
                    to: "access/data-platform.yaml"
                )
                try tree.commit("raise the data platform")
                try tree.git("switch", "--quiet", "main")
                try tree.git("update-ref", "refs/pull/7/head", "topic")
                let cloned = try Program.run(
                    executable: "git",
                    ["clone", "--quiet", "--branch", "main", tree.folder.path, "clone"],
                    in: folder
                )
                try #require(cloned.exitCode == 0, "\(cloned)")
                let machine = PipelineMachine(folder: folder, clone: TemporaryFolder(path: folder.path("clone")))
                // The sandbox is a file beside the tree, and not in git.
                try machine.clone.write(tree.target(), to: "target.yaml")
                try machine.install()
                return try body(machine)
            }
        }
    }

    private func install() throws {
        try FileManager.default.createDirectory(atPath: folder.path("bin"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: folder.path("forge"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("bin/dagroster"),
            withDestinationPath: Program.path()
        )
        for name in ["gh", "curl"] {
            let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "fake-\(name).sh")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path("bin/\(name)"),
                withDestinationPath: source.path
            )
        }
    }

    /// Runs a script of a pipeline, as the forge's runner does.
    func run(_ script: String, _ more: [String: String] = [:]) throws -> CommandResult {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let environment = [
            "PATH": folder.path("bin") + ":" + path, "FORGE": folder.path("forge"), "RUNNER_TEMP": folder.path,
            "GITHUB_STEP_SUMMARY": folder.path("summary.md"), "GITHUB_REPOSITORY": "acme/roster", "NUMBER": "7",
            "GITHUB_ACTIONS": "true",
        ]
        return try Program.run(
            executable: "bash",
            ["-eo", "pipefail", "-c", script],
            in: clone,
            environment: environment.merging(more) { $1 }
        )
    }

    /// The comments that the forge has, in the order in which they were made.
    func comments() throws -> [String] {
        try folder.files(under: "forge").filter { $0.key.hasSuffix(".md") }.sorted { $0.key < $1.key }.map(\.value)
    }
}
