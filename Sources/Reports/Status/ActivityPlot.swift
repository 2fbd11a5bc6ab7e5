/// Requests over time as bars: reads, writes and failures, each slice of time one bar.
///
/// A drawing in the page itself; what it shows stands under it in words for those who do not see it.
struct ActivityPlot {
    let slices: [ServiceStatus.Requests.Slice]

    private static let width = 960.0
    private static let height = 120.0
    private static let foot = 1.0
    /// So many slices are an hour, and fill the width at least.
    private static let fewest = 12

    var html: String {
        let total = slices.reduce(0) { $0 + $1.reads + $1.writes }
        guard total > 0, let first = slices.first, let last = slices.last else {
            return HTML.element("p", class: "hint", "No request has come since the start.")
        }
        let highest = slices.map { $0.reads + $0.writes }.max() ?? 1
        let failures = slices.reduce(0) { $0 + $1.failures }
        let words =
            "\(total) requests from \(first.begin) to \(last.begin), at most \(highest) in five minutes; "
            + "\(failures) failed"
        return """
            \(HTML.list(class: "legend", ["reads", "writes", "failures"].map { HTML.element("span", class: "key \($0)", $0) }))
            <svg class="plot" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height + Self.foot))" role="img" \
            aria-label="\(HTML.text(words))" preserveAspectRatio="none">
            \(bars(highest))
            <line x1="0" y1="\(Self.height)" x2="\(Self.width)" y2="\(Self.height)"/>
            </svg>
            \(axis(from: first, to: last))
            <p class="hint">\(HTML.text(words)).</p>
            """
    }

    /// When the bars begin and end; for those who see them, since the words below say it, too.
    private func axis(from first: ServiceStatus.Requests.Slice, to last: ServiceStatus.Requests.Slice) -> String {
        let moments = slices.count < Self.fewest ? [first.begin] : [first.begin, last.begin]
        let times = moments.map { HTML.element("time", HTML.text($0)) }.joined()
        return HTML.element("p", class: "axis", attributes: [("aria-hidden", "true")], times)
    }

    private func bars(_ highest: Int) -> String {
        let step = Self.width / Double(max(slices.count, Self.fewest))
        return slices.enumerated().flatMap { index, slice in
            let left = Double(index) * step
            let writes = Double(slice.writes) / Double(highest) * Self.height
            let reads = Double(slice.reads) / Double(highest) * Self.height
            let failures = Double(min(slice.failures, slice.reads + slice.writes)) / Double(highest) * Self.height
            return [
                bar("reads", left, step, from: writes, high: reads), bar("writes", left, step, from: 0, high: writes),
                bar("failures", left, step / 3, from: 0, high: failures),
            ]
        }
        .joined()
    }

    private func bar(_ name: String, _ left: Double, _ step: Double, from bottom: Double, high: Double) -> String {
        guard high > 0 else { return "" }
        // What happened at all is seen.
        let shown = max(high, 1.5)
        let numbers = [left, Self.height - bottom - shown, step * 0.85, shown].map { ($0 * 100).rounded() / 100 }
        return "<rect class=\"\(name)\" x=\"\(numbers[0])\" y=\"\(numbers[1])\" width=\"\(numbers[2])\" "
            + "height=\"\(numbers[3])\"/>"
    }
}
