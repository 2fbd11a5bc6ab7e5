import Foundation
import Testing

/// `examples/install.sh`: the program, its manual pages and its completions.
@Suite struct InstallTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "examples/install.sh").path

    /// Runs the script as a package does: under a prefix, in a folder of its own.
    private func install(_ arguments: [String], in folder: TemporaryFolder) throws -> CommandResult {
        let words = [Self.script, "--prefix", "/opt/dagroster"] + arguments
        return try Program.run(executable: "sh", words, in: folder, environment: ["DESTDIR": folder.path])
    }

    private func with(_ body: (TemporaryFolder, _ root: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let result = try install(["--binary", Program.path()], in: folder)
            try #require(result.exitCode == 0, "\(result)")
            try body(folder, "opt/dagroster")
        }
    }

    /// What a tool says of a file; nothing where there is no such tool.
    private func complaints(_ words: String, in folder: TemporaryFolder) throws -> String {
        let tool = words.prefix { $0 != " " }
        let script = "command -v \(tool) >/dev/null || exit 0; \(words) || echo \"exit $?\""
        let result = try Program.run(executable: "sh", ["-c", script], in: folder)
        return result.output + result.errors
    }

    private func files(in folder: TemporaryFolder) throws -> Set<String> {
        let all = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try Set(
            all.filter { path in
                let kind = try FileManager.default.attributesOfItem(atPath: folder.path(path))[.type]
                return kind as? FileAttributeType == .typeRegular
            }
        )
    }

    @Test func `installing puts a page for each command beside the program, and uninstalling leaves nothing`() throws {
        try with { folder, root in
            let help = try JSONValue(parsing: Array(Program.run(["--experimental-dump-help"], in: folder).output.utf8))
            var pages: Set<String> = []
            func add(_ command: JSONValue, _ above: String) {
                let name = above + (command["commandName"]?.string ?? "")
                guard command["shouldDisplay"] != false, name != "dagroster-help" else { return }
                pages.insert("\(root)/share/man/man1/\(name).1")
                for sub in command["subcommands"]?.elements ?? [] { add(sub, name + "-") }
            }
            add(try #require(help["command"]), "")
            #expect(pages.count > 15)
            let others = [
                "bin/dagroster", "share/bash-completion/completions/dagroster", "share/zsh/site-functions/_dagroster",
                "share/fish/vendor_completions.d/dagroster.fish",
            ]
            #expect(try files(in: folder) == pages.union(others.map { "\(root)/\($0)" }))
            let removed = try install(["--uninstall"], in: folder)
            #expect(removed.exitCode == 0 && removed.errors.isEmpty, "\(removed)")
            #expect(try files(in: folder).isEmpty)
        }
    }

    @Test func `the pages are good manual pages, and say what --help says`() throws {
        try with { folder, root in
            let folderOfPages = "\(root)/share/man/man1"
            for page in try FileManager.default.contentsOfDirectory(atPath: folder.path(folderOfPages)).sorted() {
                let path = "\(folderOfPages)/\(page)"
                #expect(try complaints("groff -mandoc -ww -z -Tutf8 -k \(path)", in: folder) == "")
                #expect(try complaints("mandoc -T lint -W warning \(path)", in: folder) == "")
                #expect(try folder.text(path).contains("\n.Sh EXAMPLES\n.Dl \"dagroster "), "\(page)")
            }
            let page = try folder.text("\(folderOfPages)/dagroster-reconcile.1")
            #expect(page.contains("\n.It Fl \\-adopt Ar key\n"))
            #expect(page.contains("\n.It 4\na guard refused\n"))
            #expect(page.contains("\n.Dl \"dagroster reconcile \\-\\-target acme \\-\\-apply\"\n"))
        }
    }

    @Test func `each shell reads its completions, and bash completes a command and an option`() throws {
        try with { folder, root in
            let bash = "\(root)/share/bash-completion/completions/dagroster"
            #expect(try complaints("bash -n \(bash)", in: folder) == "")
            #expect(try complaints("zsh -n \(root)/share/zsh/site-functions/_dagroster", in: folder) == "")
            #expect(try complaints("fish -n \(root)/share/fish/vendor_completions.d/dagroster.fish", in: folder) == "")
            let script = """
                . \(bash)
                complete -p dagroster
                for words in "rec" "reconcile --detai"; do
                  COMP_WORDS=(dagroster $words); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="${COMP_WORDS[*]}"
                  COMP_POINT=${#COMP_LINE}; COMPREPLY=()
                  _dagroster dagroster "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                  echo "${COMPREPLY[@]}"
                done
                """
            let completed = try Program.run(executable: "bash", ["-c", script], in: folder)
            let lines = completed.output.split(separator: "\n").map(String.init)
            #expect(lines.first?.hasSuffix("-F _dagroster dagroster") == true, "\(completed)")
            #expect(lines.dropFirst() == ["reconcile", "--detailed-exitcode"], "\(completed)")
        }
    }

    @Test func `a word that the script does not know changes nothing`() throws {
        try TemporaryFolder.with { folder in
            let result = try install(["--everywhere"], in: folder)
            #expect(result.exitCode == 64 && result.errors.contains("--everywhere"), "\(result)")
            #expect(try files(in: folder).isEmpty)
        }
    }
}
