/// A queue that gives the element that comes first by an order.
struct Heap<Element> {
  private var elements: [Element] = []
  private let precedes: (Element, Element) -> Bool

  init(_ precedes: @escaping (Element, Element) -> Bool) { self.precedes = precedes }

  var first: Element? { elements.first }

  mutating func push(_ element: Element) {
    elements.append(element)
    var index = elements.count - 1
    while index > 0, precedes(elements[index], elements[(index - 1) / 2]) {
      elements.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func pop() -> Element? {
    guard let first = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return first }
    elements[0] = last
    var index = 0
    while let child = [2 * index + 1, 2 * index + 2].filter({ $0 < elements.count })
      .min(by: { precedes(elements[$0], elements[$1]) }), precedes(elements[child], elements[index])
    {
      elements.swapAt(index, child)
      index = child
    }
    return first
  }
}
