internal import SCIM

/// What the simulated organisation answers.
package struct Reply: Sendable {
    /// How much of it reaches the client.
    package enum Delivery: Sendable {
        case whole
        /// Half of the body, then the end of the connection.
        case cut
        /// Nothing, for as long as the client waits.
        case silent
    }

    package var status: Int
    /// By name.
    package var headers: [String: String]
    package var body: [UInt8]
    package var delivery = Delivery.whole
    /// What passes before it is sent.
    package var delay: Duration?

    /// An answer in JSON.
    init(_ status: Int, json: Value) {
        self.init(status, "application/json", JSON.write(json))
    }

    /// An answer in words.
    init(_ status: Int, text: String) {
        self.init(status, "text/plain; charset=utf-8", Array(text.utf8))
    }

    /// A page for people.
    init(_ status: Int, html: String) {
        self.init(status, "text/html; charset=utf-8", Array(html.utf8))
    }

    private init(_ status: Int, _ type: String, _ body: [UInt8]) {
        self.status = status
        headers = ["Content-Type": type]
        self.body = body
    }
}
