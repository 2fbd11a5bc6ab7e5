/// The last elements of a sequence, in bounded memory.
struct Ring<Element> {
    private let capacity: Int
    private var elements: [Element] = []
    private var next = 0

    init(capacity: Int) { self.capacity = capacity }

    mutating func append(_ element: Element) {
        if elements.count < capacity {
            elements.append(element)
        } else {
            elements[next] = element
        }
        next = (next + 1) % capacity
    }

    var newestFirst: [Element] {
        let start = elements.count < capacity ? 0 : next
        return (elements[start...] + elements[..<start]).reversed()
    }
}
