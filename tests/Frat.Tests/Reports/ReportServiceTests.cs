namespace Frat.Tests.Reports;

/// <summary>What the reports say is tested through <c>frat report</c>, in Frat.Cli.Tests.</summary>
public sealed class ReportServiceTests
{
    [Fact]
    public async Task Any_LastDateBeforeTheFirst_Throws()
    {
        await using var host = await FratHost.StartAsync();
        var date = new DateOnly(2026, 11, 16);

        Should.Throw<ArgumentException>(() => host.Get<ReportService>().Days(date, date.AddDays(-1)));
        Should.Throw<ArgumentException>(() => host.Get<ReportService>().Summary(date, date.AddDays(-1)));
        Should.Throw<ArgumentException>(() => host.Get<ReportService>().Punches(date, date.AddDays(-1)));
    }
}
