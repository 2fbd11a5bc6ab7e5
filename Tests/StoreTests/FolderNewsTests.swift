import Testing

@testable import Store

/// What a watch tells before anybody has taken it up becomes one piece of news.
struct FolderNewsTests {
    private static let (files, others) = (FolderNews.files(["a", "b"]), FolderNews.files(["b", "c"]))
    private static let unwatched = FolderNews.unwatched(reason: "too many")

    @Test(arguments: [
        ([files], files), ([files, others], .files(["a", "b", "c"])), ([files, .anything], .anything),
        ([.anything, files], .anything), ([files, unwatched], unwatched), ([.anything, unwatched], unwatched),
        ([unwatched, files], unwatched), ([unwatched, .anything, others], unwatched),
    ])
    func `that folders are not watched is not lost among other news`(told: [FolderNews], expected: FolderNews) {
        var news: FolderNews?
        for next in told { news.take(next) }
        #expect(news == expected)
    }
}
