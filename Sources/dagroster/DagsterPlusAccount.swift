import ArgumentParser
import DagsterPlus
import Foundation
import Glibc
import Reconcile
import Roster
import Tree

/// Where an organisation at Dagster+ is, and the token for it: read where the settings say, and sent nowhere else.
struct DagsterPlusAccount {
    /// The organisation's name; nil where neither settings nor environment say it, and the address alone counts.
    let organization: String?
    let address: Address
    let token: APIToken

    private static let organizationVariable = "DAGSTER_CLOUD_ORGANIZATION"

    /// Finds address and token, or says what is missing and where it is expected.
    static func find(
        _ settings: DagsterPlusSettings,
        tree: String,
        options: TargetOptions
    ) throws -> DagsterPlusAccount {
        let organization = try settings.organization ?? environmentOrganization()
        guard let url = settings.url ?? organization.map({ "https://\($0).dagster.cloud" }) else {
            throw Failure.usage(
                "the target names no organization, and \(organizationVariable) is not set"
                    + "\nhint: write \"organization\" for the target in dagroster.yaml"
            )
        }
        guard let address = Address(url) else {
            throw Failure.invalidTree(
                "\"url\" of the target is not the address of a server\nhint: write https://HOST without a query"
            )
        }
        // Before the token is looked for: a file that anybody may change must not decide where it goes.
        let host = TokenHost(address.origin.host)
        guard host.mayBeSentToken(overTLS: address.origin.scheme == "https", allowing: options.allowedHosts) else {
            throw Refusal.precondition(refusal(of: address))
        }
        return DagsterPlusAccount(organization: organization, address: address, token: try token(settings.token, tree))
    }

    /// A conversation with it.
    func session(budget: Duration) -> Session {
        Session(
            address: address,
            token: token,
            transport: NetworkTransport(agent: "dagroster/\(Dagroster.configuration.version)"),
            budget: budget,
            now: { Clock.now().milliseconds / 1000 }
        )
    }
}

extension DagsterPlusAccount {
    private static func environmentOrganization() throws -> String? {
        guard let name = variable(organizationVariable) else { return nil }
        guard DagsterPlusSettings.isOrganization(name) else {
            throw Failure.usage("\(organizationVariable) is not an organization's name, such as \"acme\"")
        }
        return name
    }

    private static func refusal(of address: Address) -> String {
        let origin = address.origin.description
        guard address.origin.scheme == "https" else {
            return "the token is not sent to \(origin), because it would go there without TLS"
                + "\nhint: write an https address as \"url\" of the target"
        }
        return "the token is not sent to \(origin), which is no address of Dagster+"
            + "\nhint: if that is meant: --allow-host \(ShellWord.quoted(address.origin.host))"
    }

    private static func token(_ source: SecretSource, _ tree: String) throws -> APIToken {
        switch source {
        case .environment(let name):
            if let token = variable(name).flatMap({ APIToken($0) }) { return token }
            throw Failure.unexpected(
                "there is no token in the environment variable \(name)"
                    + "\nhint: make a user token of an organization admin in Dagster+ and set \(name) to it"
            )
        case .file(let name):
            let path = name.hasPrefix("/") ? name : tree + "/" + name
            // A link is followed: Kubernetes mounts secrets as links.
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw Failure.unexpected(
                    "the token cannot be read: there is no file \"\(name)\" that this user may read\n"
                        + "hint: write the token there as one line, or name another place under \"token\""
                )
            }
            if let token = APIToken(String(decoding: bytes, as: UTF8.self)) { return token }
            throw Failure.unexpected("there is no token in \"\(name)\"\nhint: write it there as one line")
        }
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
        return value
    }
}
