using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Frat.Conformance.Tests;

// The example of docs/writing-a-store.md: what is between the marks is in the document, word for word.

//// <example>
/// <summary>Tells a message bus who came, and leaves the keeping to another log.</summary>
public sealed class AnnouncingLog(IAttendanceLog inner, Action<PunchReceipt> announce) : IAttendanceLog
{
    public async Task<PunchReceipt?> AppendAsync(Punch punch, CancellationToken cancellationToken = default)
    {
        var receipt = await inner.AppendAsync(punch, cancellationToken);
        if (receipt is { Marked: true })
        {
            // Stored already: whoever hears it twice (the punch was sent again) tells the two apart by the day's punch.
            announce(receipt);
        }

        return receipt;
    }

    public Task<bool> CorrectAsync(PunchCorrection correction, CancellationToken cancellationToken = default) =>
        inner.CorrectAsync(correction, cancellationToken);

    public IAsyncEnumerable<AttendanceDay> ReadDaysAsync(
        DateOnly firstDate,
        DateOnly lastDate,
        Guid? personId = null,
        DayOrder order = DayOrder.LatestFirst,
        CancellationToken cancellationToken = default) =>
        inner.ReadDaysAsync(firstDate, lastDate, personId, order, cancellationToken);

    public Task<DayDetail?> FindDayAsync(Guid personId, DateOnly workDate, CancellationToken cancellationToken = default) =>
        inner.FindDayAsync(personId, workDate, cancellationToken);

    public IAsyncEnumerable<Punch> ReadPunchesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        inner.ReadPunchesAsync(firstDate, lastDate, personId, cancellationToken);

    public Task<IReadOnlyList<PunchCorrection>> ListCorrectionsAsync(Guid punchId, CancellationToken cancellationToken = default) =>
        inner.ListCorrectionsAsync(punchId, cancellationToken);

    public Task<int> DeriveAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        inner.DeriveAsync(firstDate, lastDate, personId, cancellationToken);
}

public static class AnnouncingFratBuilderExtensions
{
    /// <summary>Puts the log that was added before behind one that announces.</summary>
    public static FratBuilder UseAnnouncements(this FratBuilder builder, Action<PunchReceipt> announce)
    {
        var inner = builder.Services.Last(service => service.ServiceType == typeof(IAttendanceLog));
        builder.Services.Replace(ServiceDescriptor.Singleton<IAttendanceLog>(provider => new AnnouncingLog(
            (IAttendanceLog)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!), announce)));
        return builder;
    }
}

/// <summary>The promises of a log, kept by this one too.</summary>
public sealed class AnnouncingLogTests : AttendanceLogContract, IDisposable
{
    private readonly ConcurrentQueue<PunchReceipt> _announced = new();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override void Configure(FratBuilder builder) =>
        builder.UseSqlite($"Data Source={Path.Combine(_folder, "frat.db")}").UseAnnouncements(_announced.Enqueue);

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
