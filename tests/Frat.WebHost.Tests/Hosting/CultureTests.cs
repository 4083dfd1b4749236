using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Frat.Storage.EfCore;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>
/// What the built host stores and answers is the same on a machine of any language: with other calendars, digits, commas and letters.
/// </summary>
public sealed partial class CultureTests
{
    private const string Neutral = "C.UTF-8";
    private static readonly string[] Cultures = ["tr_TR.UTF-8", "th_TH.UTF-8", "ar_SA.UTF-8"];

    // Letters that Turkish turns into others, and digits that aren't ASCII's.
    private static readonly (string Id, string Name)[] People = [("TITLE-İi", "İlkay Iğdır ١٢"), ("title-ıI", "Irmak Işık")];

    // Where it is about noon, so that no date changes meanwhile.
    private static readonly string Zone = string.Create(
        CultureInfo.InvariantCulture, $"Etc/GMT{TimeProvider.System.GetUtcNow().Hour - 12:+0;-0;+0}");

    [Fact]
    public async Task Host_OnAMachineOfAnotherLanguage_StoresAndAnswersTheSame()
    {
        using var folder = new TemporaryFolder();
        string date;
        Dictionary<string, string> expected;
        await using (var host = await StartAsync(folder, Neutral))
        {
            await FillAsync(host, 0);
            date = (await host.Client.FetchAsync("/api/v1/attendance")).Json!["from"]!.ToString();
            expected = await ReadAsync(host, date);
        }

        date.ShouldMatch(@"^20\d\d-\d\d-\d\d$");
        expected[$"/api/v1/reports/day?from={date}&format=csv"].ShouldContain(People[0].Name);
        foreach (var culture in Cultures)
        {
            await using var host = await StartAsync(folder, culture);
            foreach (var (address, answer) in await ReadAsync(host, date))
            {
                answer.ShouldBe(expected[address], $"{address} under {culture}");
            }

            if (culture == Cultures[^1])
            {
                await FillAsync(host, 1);
            }
        }

        ShouldBeWrittenAsEverywhere(folder.File("frat.db"));
        await ShouldBeIntactAsync(folder.File("frat.db"));
        await using var last = await StartAsync(folder, Neutral);
        (await last.Client.CheckInAsync(Photos.People[1][1]))["outcome"].ShouldBe("recognized");
    }

    private static Task<HostProcess> StartAsync(TemporaryFolder folder, string culture) => HostProcess.StartAsync(
        folder.Path,
        ("LC_ALL", culture),
        ("LANG", culture),
        ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "false"),
        ("Frat__Site__TimeZone", Zone));

    /// <summary>All kinds of changes.</summary>
    private static async Task FillAsync(HostProcess host, int number)
    {
        var (id, name) = People[number];
        var address = "/api/v1/people/" + Uri.EscapeDataString(id);
        (await host.Client.RegisterAsync(id, name, Photos.People[number][0])).Status.ShouldBe(201);
        (await host.Client.CheckInAsync(Photos.People[number][1]))["outcome"].ShouldBe("recognized");
        (await host.Client.OriginalAttendAsync(Photos.People[number][2])).Original.Status.ShouldBe("already_marked");
        (await host.Client.ChangeAsync(address + "/deactivate", "İ", "ı")).Status.ShouldBe(200);
        (await host.Client.ChangeAsync(address + "/activate")).Status.ShouldBe(200);
        (await host.Client.SendAsync(address + "/consents", new StringContent(
            """{"version":"1","givenAt":"2026-01-02T03:04:05Z","basis":"attested"}""",
            System.Text.Encoding.UTF8,
            "application/json"))).Status.ShouldBe(201);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(HostProcess host, string date)
    {
        var id = Uri.EscapeDataString(People[0].Id);
        var answers = new Dictionary<string, string>();
        foreach (var address in (string[])
        [
            "/", "/register", "/people", $"/people/person?id={id}", $"/records?date={date}", "/api/v1/people", $"/api/v1/people/{id}",
            $"/api/v1/people/{id}/templates",
            $"/api/v1/people/{id}/consents", $"/api/v1/audit?person={id}", $"/api/v1/attendance?from={date}",
            "/api/v1/attendance?from=2.1.2026",
            "/openapi/v1.json",
            .. new[] { "day", "month", "punches", $"person?employeeId={id}" }.SelectMany(report => new[] { "csv", "json", "xlsx" },
                (report, format) =>
                    $"/api/v1/reports/{report}{(report.Contains('?', StringComparison.Ordinal) ? '&' : '?')}from={date}&format={format}"),
        ])
        {
            using var response = await host.Client.GetAsync(new Uri(address, UriKind.Relative));
            var content = address.EndsWith("xlsx", StringComparison.Ordinal)
                ? Sheet(await response.Content.ReadAsByteArrayAsync())
                : await response.Content.ReadAsStringAsync();
            answers.Add(
                address, $"{(int)response.StatusCode} {response.Content.Headers.ContentDisposition} {Token().Replace(content, "token")}");
        }

        return answers;
    }

    private static string Sheet(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Dates are text in SQLite: one of another calendar would sort, and be read, as another one.</summary>
    private static void ShouldBeWrittenAsEverywhere(string database)
    {
        foreach (var column in (string[])[
            "enrolled_at FROM people", "given_at FROM consents", "expires_at FROM consents", "created_at FROM templates",
            "instant FROM punches", "local_time FROM punches", "at FROM audit_entries", "date FROM attendance_days",
            "since FROM inactive_periods", "until FROM inactive_periods"])
        {
            var values = Read(database, $"SELECT {column}");
            values.ShouldNotBeEmpty(column);
            values.ShouldAllBe(value => IsoDate().IsMatch(value), column);
        }

        Read(database, "SELECT coalesce(old, '') || coalesce(new, '') FROM audit_entries").ShouldAllBe(text => text.All(char.IsAscii));
    }

    private static List<string> Read(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return values;
    }

    private static async Task ShouldBeIntactAsync(string database)
    {
        var services = new ServiceCollection();
        new FratBuilder(services.AddAttendanceRules()).UseSqlite($"Data Source={database}");
        await using var provider = services.BuildServiceProvider();
        (await provider.GetRequiredService<AuditVerifier>().VerifyAsync()).Faults.ShouldBeEmpty();
        (await provider.GetRequiredService<TemplateProtection>().CheckAsync()).Unreadable.ShouldBeEmpty();
    }

    // What is new in each answer: the form's token, and the number of the request.
    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|\"traceId\":\"[^\"]+\"")]
    private static partial Regex Token();

    [GeneratedRegex(@"^(19|20|21)\d\d-\d\d-\d\d")]
    private static partial Regex IsoDate();
}
