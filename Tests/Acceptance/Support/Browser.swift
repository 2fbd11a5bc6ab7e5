import Foundation
import Testing

/// A page in headless Chromium, spoken to over two pipes in the DevTools protocol: what a person sees, does and loads.
///
/// <https://chromedevtools.github.io/devtools-protocol/>
final class Browser {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Whether there is a Chromium on the path (`Tests/run.sh` installs Debian's).
    static let isInstalled: Bool = {
        let result = try? TemporaryFolder.with { try Program.run(executable: "chromium", ["--version"], in: $0) }
        return result?.exitCode == 0
    }()

    /// The address of everything that the page asked for, its own first; `data:` and `about:` load nothing.
    private(set) var requests: [String] = []
    /// What the browser had to complain about: errors of scripts, and what the page's own policy forbade.
    private(set) var complaints: [String] = []

    private let pipe: BrowserPipe
    private var lastID = 0
    private var session: String?
    private var isLoaded = false

    /// Opens an address for the length of a closure, and ends the browser.
    static func open<Result>(
        _ address: String,
        width: Int = 1280,
        height: Int = 900,
        isDark: Bool = false,
        runsScripts: Bool = true,
        _ body: (Browser) throws -> Result
    ) throws -> Result {
        try BrowserPipe.with { pipe in
            let browser = Browser(pipe)
            try browser.attach(width: width, height: height, isDark: isDark)
            if !runsScripts { try browser.call("Emulation.setScriptExecutionDisabled", ["value": true]) }
            try browser.load(address)
            return try body(browser)
        }
    }

    private init(_ pipe: BrowserPipe) { self.pipe = pipe }

    /// Goes to an address and waits until the page is loaded.
    func load(_ address: String) throws {
        isLoaded = false
        let answer = try call("Page.navigate", ["url": .string(address)])
        if let error = answer["errorText"]?.string { throw Failure(description: "\(address): \(error)") }
        while !isLoaded { try take() }
    }

    /// What JavaScript gives in the page; a promise is awaited.
    @discardableResult
    func evaluate(_ script: String) throws -> JSONValue {
        let answer = try call(
            "Runtime.evaluate",
            ["expression": .string(script), "returnByValue": true, "awaitPromise": true]
        )
        if let problem = answer["exceptionDetails"] { throw Failure(description: "\(script): \(problem.text)") }
        return answer["result"]?["value"] ?? .null
    }

    /// The page's content as it is now, whatever scripts have done to it.
    var document: String {
        get throws { try evaluate("document.documentElement.outerHTML").string ?? "" }
    }

    /// What a person can read in the elements that a selector finds, without those that are hidden.
    func visibleTexts(_ selector: String) throws -> [String] {
        let script = """
            Array.from(document.querySelectorAll(\(JSONValue.string(selector).text)))
              .filter((element) => element.checkVisibility()).map((element) => element.innerText.trim())
            """
        return try evaluate(script).elements.compactMap(\.string)
    }

    /// Types into a field, in place of what is in it.
    func type(_ text: String, into selector: String) throws {
        try evaluate("\(Self.element(selector)).focus(); \(Self.element(selector)).select()")
        if text.isEmpty {
            try call("Input.dispatchKeyEvent", ["type": "keyDown", "key": "Delete", "windowsVirtualKeyCode": 46])
        } else {
            try call("Input.insertText", ["text": .string(text)])
        }
    }

    /// Chooses an option of a list by its value.
    func choose(_ value: String, of selector: String) throws {
        let set = "\(Self.element(selector)).value = \(JSONValue.string(value).text);"
        try evaluate("\(set) \(Self.element(selector)).dispatchEvent(new Event('input', {bubbles: true}))")
    }

    /// Goes where a link leads.
    func follow(_ selector: String) throws {
        let address = try evaluate("\(Self.element(selector)).href").string
        try load(address ?? "")
    }

    func click(_ selector: String) throws { try evaluate("\(Self.element(selector)).click()") }

    /// The page, or all of it that lies below, too, as a picture: a PNG, kept where `DAGROSTER_SCREENSHOTS` names a
    /// folder.
    @discardableResult
    func screenshot(_ name: String, isWhole: Bool = false) throws -> Data {
        let answer = try call("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": .bool(isWhole)])
        guard let data = answer["data"]?.string.flatMap({ Data(base64Encoded: $0) }) else {
            throw Failure(description: "no picture: \(answer.text)")
        }
        if let folder = ProcessInfo.processInfo.environment["DAGROSTER_SCREENSHOTS"] {
            try data.write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
        }
        return data
    }

    private static func element(_ selector: String) -> String {
        "document.querySelector(\(JSONValue.string(selector).text))"
    }
}

extension Browser {
    private func attach(width: Int, height: Int, isDark: Bool) throws {
        let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] ?? .null
        session = try call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"]?.string
        for domain in ["Page", "Network", "Runtime", "Log"] { try call("\(domain).enable") }
        let size: [String: JSONValue] = [
            "width": .number(Double(width)), "height": .number(Double(height)), "deviceScaleFactor": 1, "mobile": false,
        ]
        try call("Emulation.setDeviceMetricsOverride", size)
        let scheme: JSONValue = ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]
        try call("Emulation.setEmulatedMedia", ["features": [scheme]])
    }

    /// Asks the browser for something, and takes in what it tells until it has answered.
    @discardableResult
    private func call(_ method: String, _ parameters: [String: JSONValue] = [:]) throws -> JSONValue {
        lastID += 1
        let id = JSONValue.number(Double(lastID))
        var message: [String: JSONValue] = ["id": id, "method": .string(method), "params": .object(parameters)]
        if let session { message["sessionId"] = .string(session) }
        try pipe.send(.object(message))
        while true {
            let answer = try take()
            guard answer["id"] == id else { continue }
            if let error = answer["error"] { throw Failure(description: "\(method): \(error.text)") }
            return answer["result"] ?? .null
        }
    }

    @discardableResult
    private func take() throws -> JSONValue {
        let message = try pipe.receive()
        let parameters = message["params"]
        switch message["method"]?.string {
        case "Page.loadEventFired": isLoaded = true
        case "Network.requestWillBeSent":
            let address = parameters?["request"]?["url"]?.string ?? ""
            if !address.hasPrefix("data:"), !address.hasPrefix("about:") { requests.append(address) }
        case "Log.entryAdded": complaints.append(parameters?["entry"]?["text"]?.string ?? message.text)
        case "Runtime.exceptionThrown":
            complaints.append(parameters?["exceptionDetails"]?["exception"]?["description"]?.string ?? message.text)
        default: break
        }
        return message
    }
}
