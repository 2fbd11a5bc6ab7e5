/// What the admin port shows; it is made where every room is known.
package protocol AdminPages: Sendable {
    /// The page at a path, or nil where there is none.
    func page(at path: String) async -> AdminPage?
}

/// One page of the admin port.
package struct AdminPage: Hashable, Sendable {
    package var status: Int
    package var contentType: String
    package var body: String

    package init(status: Int = 200, contentType: String, body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// Lines for people and scripts.
    package static func text(_ body: String, status: Int = 200) -> AdminPage {
        AdminPage(status: status, contentType: "text/plain; charset=utf-8", body: body)
    }

    package static func html(_ body: String) -> AdminPage {
        AdminPage(contentType: "text/html; charset=utf-8", body: body)
    }

    /// Prometheus' text format, version 0.0.4.
    package static func metrics(_ body: String) -> AdminPage {
        AdminPage(contentType: "text/plain; version=0.0.4; charset=utf-8", body: body)
    }
}
