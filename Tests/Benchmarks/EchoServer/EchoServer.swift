import Foundation
import Hummingbird
import Logging

/// The yardstick of the benchmarks: Hummingbird with nothing behind it.
///
/// It hands the body of a POST, PATCH or PUT back unparsed, and answers GET with the bytes of a file: `/user` is what
/// stands in the file `user` of its folder. Usage: `EchoServer FOLDER`; the port is printed on standard error.
@main
enum EchoServer {
    static func main() async throws {
        let folder = URL(filePath: CommandLine.arguments.dropFirst().first ?? ".", directoryHint: .isDirectory)
        let router = Router()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let bytes = ByteBuffer(bytes: try Data(contentsOf: file))
            router.get(RouterPath("/" + file.lastPathComponent)) { _, _ in answer(.ok, bytes) }
        }
        for method in [HTTPRequest.Method.post, .patch, .put] {
            router.on("/**", method: method) { request, _ in
                answer(method == .post ? .created : .ok, try await request.body.collect(upTo: 16 << 20))
            }
        }
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { channel in
                FileHandle.standardError.write(Data("echo on port \(channel.localAddress?.port ?? 0)\n".utf8))
            },
            logger: Logger(label: "echo") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
    }

    private static func answer(_ status: HTTPResponse.Status, _ body: ByteBuffer) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/scim+json"],
            body: ResponseBody(byteBuffer: body)
        )
    }
}
