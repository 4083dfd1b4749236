namespace Frat.Compare.Attack;

/// <summary>One attack: what somebody without rights does over the network, for as long as they like.</summary>
/// <param name="Name">How it is chosen on the command line.</param>
/// <param name="What">What is done, in a line.</param>
/// <param name="RunAsync">Does it until it is told to stop.</param>
internal sealed record Attack(string Name, string What, Func<AttackTarget, CancellationToken, Task> RunAsync);

/// <summary>All attacks, in the order in which they are run.</summary>
internal static class Attacks
{
    private const int Mebibyte = 1024 * 1024;
    private const int AtOnce = 16;
    private static readonly string[] LongAnswers =
        [
            "/api/v1/audit",
            "/api/v1/people",
            "/api/v1/reports/month?from=2019-12-01&to=2020-12-31&format=csv",
            "/api/v1/reports/month?from=2019-12-01&to=2020-12-31&format=xlsx"
        ];

    public static IReadOnlyList<Attack> All { get; } =
    [
        new(
            "body-json",
            "100 JSON bodies of 10 MB at once",
            (target, cancel) => BodyAttacks.JsonAsync(target, 100, 10, chunked: false, cancel)),
        new(
            "body-json-large",
            "24 JSON bodies of 31 MB at once",
            (target, cancel) => BodyAttacks.JsonAsync(target, 24, 31, chunked: false, cancel)),
        new(
            "body-chunked",
            "100 JSON bodies of 10 MB at once, chunked",
            (target, cancel) => BodyAttacks.JsonAsync(target, 100, 10, chunked: true, cancel)),
        new("body-forms", "100 forms of 10 MB at once", (target, cancel) => BodyAttacks.FormsAsync(target, 100, 10, cancel)),
        new(
            "slow-uploads-8",
            "8 uploads of 2 MiB, 3 KB/s in all",
            (target, cancel) => SlowAttacks.UploadAsync(target, 8, 2 * Mebibyte, 375, cancel)),
        new("slow-uploads-16", "16 uploads, 6 KB/s in all", (target, cancel) => SlowAttacks.UploadAsync(target, 16, Mebibyte, 375, cancel)),
        new(
            "slow-uploads-64",
            "64 uploads, 19 KB/s in all",
            (target, cancel) => SlowAttacks.UploadAsync(target, 64, Mebibyte, 300, cancel)),
        new(
            "slow-photos",
            "16 uploads of 20 MiB, 6 KB/s in all",
            (target, cancel) => SlowAttacks.UploadAsync(target, 16, 20 * Mebibyte, 375, cancel)),
        new("slow-headers", "500 requests whose headers never end", (target, cancel) => SlowAttacks.HeadersAsync(target, 500, cancel)),
        new(
            "half-open",
            "3,000 requests of which only the beginning comes",
            (target, cancel) => SlowAttacks.HalfOpenAsync(target, 3_000, cancel)),
        new(
            "slow-readers",
            "64 readers of long answers, 600 B/s each",
            (target, cancel) => SlowAttacks.ReadAsync(target, 64, 600, LongAnswers, cancel)),
        Picture("w2", HostilePictures.Lossless, "lossless WebP of 16 MP of one colour"),
        Picture("j3", HostilePictures.Scans, "JPEG of 16 MP in 100 scans"),
        Picture("p3", HostilePictures.Deep, "PNG of 100 MP of 64 bits"),
        Picture("p1", HostilePictures.OneBit, "PNG of 100 MP of 1 bit"),
        Picture("p4", HostilePictures.Wide, "PNG of 1,000,000×100"),
        Picture("c1", HostilePictures.Crowd, "324 faces on one photo"),
        new("search", "16 searches for nobody at once", (target, cancel) => PictureAttacks.SearchAsync(target, AtOnce, cancel)),
        new("oracle", "a photo of somebody registered, under other IDs", (target, cancel) => PictureAttacks.AskWhoAsync(target, 4, cancel)),
    ];

    private static Attack Picture(string name, string file, string what) =>
        new($"picture-{name}", what, (target, cancel) => PictureAttacks.SendAsync(target, file, AtOnce, cancel));
}
