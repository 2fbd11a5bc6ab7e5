internal import FileTarget
internal import SCIM

extension SimulatedOrganization {
    /// What the simulator shows of itself, which Dagster+ has not: the organisation as a target file at
    /// `/simulator/organization`, the requests so far at `/simulator/requests`, and invitations that are accepted by a
    /// POST of the address to `/simulator/accept`.
    func ownPage(_ call: Call) -> Reply? {
        switch (call.method, call.path) {
        case ("GET", "/simulator/organization"):
            var reply = Reply(200, text: "")
            reply.body = OrganizationFile.bytes(of: organization)
            return reply
        case ("GET", "/simulator/requests"): return Reply(200, json: .array(requests.map(\.value)))
        case ("POST", "/simulator/accept"):
            let email = String(decoding: call.body, as: UTF8.self)
            return accept(email)
                ? Reply(200, text: "accepted\n") : Reply(404, text: "nobody was invited by that address\n")
        default: return nil
        }
    }
}
