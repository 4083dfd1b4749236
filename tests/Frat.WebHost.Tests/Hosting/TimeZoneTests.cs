namespace Frat.WebHost.Tests.Hosting;

/// <summary>Which zone decides the day, on machines that know no zones: the built host as a process.</summary>
public sealed class TimeZoneTests
{
    private const string Local = "http://127.0.0.1:0";

    [Theory]
    [InlineData("Frat__Site__TimeZone", "Europe/Berlin", "The site's time zone is Europe/Berlin (Site.TimeZone)")]
    [InlineData("TZ", "Europe/Berlin", "The site's time zone is Europe/Berlin (the machine's, TZ=Europe/Berlin)")]
    [InlineData("TZ", ":America/Lima", "The site's time zone is America/Lima (the machine's, TZ=:America/Lima)")]
    [InlineData("TZ", "UTC", "No Site.TimeZone is set and the machine's is UTC (TZ=UTC)")]
    [InlineData("TZ", "", "No Site.TimeZone is set and the machine's is UTC (TZ=)")]
    public async Task Start_MachineWithoutTimeZoneData_SaysWhichZoneDecidesTheDay(string key, string value, string message)
    {
        using var folder = new TemporaryFolder();

        await using var host = await HostProcess.TryStartAsync(folder.Path, Local, ("TZDIR", Empty(folder)), (key, value));

        host.HasEnded.ShouldBeFalse(host.Errors);
        host.Output.ShouldContain(message);
    }

    [Theory]
    [InlineData("UTC+5")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3")]
    [InlineData("Europe/Atlantis")]
    [InlineData(":/no/such/file")]
    public async Task Start_MachinesZoneIsNoIanaId_IsRefusedUnlessOneIsSet(string zone)
    {
        using var folder = new TemporaryFolder();

        await using var refused = await HostProcess.TryStartAsync(folder.Path, Local, ("TZ", zone));

        refused.HasEnded.ShouldBeTrue(refused.Output);
        refused.Errors.ShouldStartWith("FRAT can't run. Frat:Site:TimeZone: is not set");
        refused.Errors.ShouldContain($"(TZ={zone})");
        (refused.Output + refused.Errors).ShouldNotContain("   at ");
        await using var host = await HostProcess.TryStartAsync(folder.Path, Local, ("TZ", zone), ("Frat__Site__TimeZone", "Asia/Kolkata"));
        host.HasEnded.ShouldBeFalse(host.Errors);
    }

    // As where a container has the host's /etc/localtime mounted, and no zones beside it: .NET calls it "Local".
    [Fact]
    public async Task Start_MachinesZoneIsAFileWithoutAName_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("localtime"), PlusOne);

        await using var host =
            await HostProcess.TryStartAsync(folder.Path, Local, ("TZDIR", Empty(folder)), ("TZ", ":" + folder.File("localtime")));

        host.HasEnded.ShouldBeTrue(host.Output);
        host.Errors.ShouldContain("Frat:Site:TimeZone: is not set, and it can't be told which zone this machine is in");
    }

    [Fact]
    public async Task Start_MachinesZoneIsALinkIntoAZoneinfoFolder_IsWhatTheLinkSays()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("zoneinfo/Europe"));
        await File.WriteAllBytesAsync(folder.File("zoneinfo/Europe/Berlin"), PlusOne);
        File.CreateSymbolicLink(folder.File("localtime"), "zoneinfo/Europe/Berlin");

        await using var host =
            await HostProcess.TryStartAsync(folder.Path, Local, ("TZDIR", Empty(folder)), ("TZ", ":" + folder.File("localtime")));

        host.HasEnded.ShouldBeFalse(host.Errors);
        host.Output.ShouldContain("The site's time zone is Europe/Berlin (the machine's, ");
    }

    private static string Empty(TemporaryFolder folder) => Directory.CreateDirectory(folder.File("no-zones")).FullName;

    /// <summary>A zone's file as RFC 8536 has it, of its first version: one hour before UTC, and no changes.</summary>
    private static byte[] PlusOne =>
    [
        .. "TZif"u8, 0, .. new byte[15], .. Count(0), .. Count(0), .. Count(0), .. Count(0), .. Count(1), .. Count(4),
        .. Count(3600), 0, 0, .. "CET\0"u8,
    ];

    private static byte[] Count(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
