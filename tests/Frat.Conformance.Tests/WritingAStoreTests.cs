using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance.Tests;

// The example of docs/writing-a-store.md: what is between the marks is in the document, word for word.

//// <example>
/// <summary>Tells a message bus who came, and leaves the keeping to another log.</summary>
public sealed class AnnouncingLog(IAttendanceLog inner, Action<PunchReceipt> announce) : DelegatingAttendanceLog(inner)
{
    public override async Task<PunchReceipt?> AppendAsync(
        Punch punch, AuditNote? note = null, CancellationToken cancellationToken = default)
    {
        var receipt = await base.AppendAsync(punch, note, cancellationToken);
        if (receipt is { Marked: true })
        {
            // Stored already: anyone who hears it twice (the punch was sent again) tells the two apart by the punch.
            announce(receipt);
        }

        return receipt;
    }
}

/// <summary>The promises of a log, kept by this one too.</summary>
public sealed class AnnouncingLogTests : AttendanceLogContract, IDisposable
{
    private readonly ConcurrentQueue<PunchReceipt> _announced = new();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override void Configure(FratBuilder builder) =>
        builder.UseSqlite($"Data Source={Path.Combine(_folder, "frat.db")}")
            .Decorate<IAttendanceLog>((inner, _) => new AnnouncingLog(inner, _announced.Enqueue));

    [Fact]
    public async Task AppendAsync_FirstPunchOfTheDay_IsAnnouncedOnce()
    {
        var ada = await EnrollAsync();

        await Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(17)));

        _announced.ShouldHaveSingleItem().Day.Person.ShouldBe(ada);
    }
}
//// </example>

public sealed class WritingAStoreTests
{
    [Fact]
    public void Document_ItsExample_IsTheCodeThatIsTestedHere()
    {
        var root = Repository();
        var code = File.ReadAllText(Path.Combine(root, "tests", "Frat.Conformance.Tests", "WritingAStoreTests.cs"));
        var example = code.Split("//// <example>\n")[1].Split("//// </example>")[0].Trim();

        File.ReadAllText(Path.Combine(root, "docs", "writing-a-store.md")).ShouldContain($"```csharp\n{example}\n```");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "frat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder.FullName;
    }
}
