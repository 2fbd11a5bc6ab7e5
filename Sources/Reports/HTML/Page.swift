internal import Crypto
internal import Foundation

/// One self-contained page: its style and script stand in it, and a policy forbids it to load or run anything else.
struct Page {
    var title: String
    /// What stands under the title, as HTML.
    var facts: [String]
    /// The content, as HTML.
    var body: String
    /// After how many seconds a browser loads it again; nil: never.
    var refreshSeconds: Int?

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">\(refresh)
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
        <title>\(HTML.text(title))</title>
        <style>\(PageStyle.text)</style>
        </head>
        <body>
        <header>
        <p class="brand">dagroster</p>
        <h1>\(HTML.text(title))</h1>
        \(HTML.list(class: "facts", facts))
        </header>
        <main>
        \(body)</main>
        <script>\(PageScript.text)</script>
        </body>
        </html>

        """
    }

    private var refresh: String {
        refreshSeconds.map { "\n<meta http-equiv=\"refresh\" content=\"\($0)\">" } ?? ""
    }

    /// Nothing but this very style and script: a name that would slip through as a tag could still do nothing.
    private static let policy = """
        default-src 'none'; style-src '\(hash(PageStyle.text))'; script-src '\(hash(PageScript.text))'; \
        base-uri 'none'; form-action 'none'
        """

    private static func hash(_ text: String) -> String {
        "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }
}
