package import Logging
package import NIOSSL
internal import Synchronization
internal import Tree

/// The certificate that the server shows, read again whenever its files have changed.
///
/// A new connection gets what lies there now; those that are open keep what they have. Files that are replaced one after
/// the other do not fit for a moment, and an operator may put a wrong one there: then the last good pair is kept, and the
/// log says so once.
package final class Certificates: Sendable {
    // A class, because all connections share what was read last.
    private struct Known {
        var context: NIOSSLContext
        var states: [FileState?]
    }

    private let certificate: String
    private let key: String
    private let logger: Logger
    private let known: Mutex<Known>

    /// Reads both files.
    ///
    /// - Parameters:
    ///   - certificate: a PEM file with the certificate and its chain, the server's own first.
    ///   - key: a PEM file with the private key.
    ///   - logger: hears of each change.
    /// - Throws: ``CertificateError``, when they cannot be used.
    package init(certificate: String, key: String, logger: Logger) throws(CertificateError) {
        self.certificate = certificate
        self.key = key
        self.logger = logger
        let states = [certificate, key].map { FileState(path: $0, followingLinks: true) }
        known = Mutex(Known(context: try Self.context(certificate, key), states: states))
    }

    /// What the next connection is to use.
    package func context() -> NIOSSLContext {
        known.withLock { known in
            let states = [certificate, key].map { FileState(path: $0, followingLinks: true) }
            guard states != known.states else { return known.context }
            // Also after a failure: the same wrong files are not read at every connection.
            known.states = states
            do {
                known.context = try Self.context(certificate, key)
                logger.notice("the certificate was read again", metadata: ["file": "\(certificate)"])
            } catch {
                logger.error(
                    "the certificate was changed and cannot be used; the last one stays",
                    metadata: ["error": "\(error)"]
                )
            }
            return known.context
        }
    }

    /// TLS 1.2 and later, HTTP/1.1 (Microsoft asks for TLS 1.2, and the RFC for no less: RFC 7644 section 7.2).
    private static func context(_ certificate: String, _ key: String) throws(CertificateError) -> NIOSSLContext {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificate)
        } catch {
            throw CertificateError(file: certificate, reason: "it holds no certificate in PEM form (\(error))")
        }
        guard !chain.isEmpty else { throw CertificateError(file: certificate, reason: "it holds no certificate") }
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        } catch {
            throw CertificateError(file: key, reason: "it holds no private key in PEM form (\(error))")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw CertificateError(file: key, reason: "it does not fit the certificate \(certificate) (\(error))")
        }
    }
}

/// Why a certificate cannot be used.
package struct CertificateError: Error, Hashable, CustomStringConvertible {
    /// The file that is wrong.
    package var file: String
    package var reason: String

    package var description: String { "\(file): \(reason)" }
}
