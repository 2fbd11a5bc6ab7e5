internal import Roster

extension OrderedIDs {
    /// How many ids stand up to another one, itself included, whether it is there or not.
    ///
    /// A walk goes on behind the last id that it showed, whatever came or went before it in the meantime.
    func index(after id: String?) -> Int {
        guard let id else { return 0 }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if let found = page(from: middle, limit: 1).first, found <= id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
