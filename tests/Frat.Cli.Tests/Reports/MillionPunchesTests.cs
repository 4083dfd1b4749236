using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Frat.Cli.Tests.Database;
using Microsoft.Data.Sqlite;

namespace Frat.Cli.Tests.Reports;

/// <summary>
/// A million punches in a real SQLite file, exported by the real tool in a process of its own whose managed heap has a hard limit: a fifth
/// of what the punches alone would take as objects. Reads the peak of its resident memory, too.
/// </summary>
public sealed class MillionPunchesTests : IClassFixture<MillionPunchesTests.Million>
{
    private const long HeapLimit = 48L * 1024 * 1024;
    private const long ResidentLimit = 192L * 1024 * 1024;

    private readonly Million _million;

    public MillionPunchesTests(Million million) => _million = million;

    [Theory]
    [InlineData("punches", "csv", Million.Punches)]
    [InlineData("punches", "xlsx", Million.Punches)]
    [InlineData("day", "csv", Million.Days)]
    [InlineData("day", "xlsx", Million.Days)]
    [InlineData("month", "csv", Million.People)]
    public async Task Export_OfAMillion_TakesBoundedMemory(string kind, string format, int rows)
    {
        var output = _million.Folder.File($"{kind}.{format}");

        var peak = await ExportAsync(
            "report",
            kind,
            "--from",
            "2020-01-01",
            "--to",
            "2030-12-31",
            "--database",
            _million.Database,
            "--format",
            format,
            "--output",
            output);

        CountRows(output, format).ShouldBe(rows + 1);
        peak.ShouldBeLessThan(ResidentLimit);
    }

    [Fact]
    public async Task ExportPerson_WithAHundredThousandPunches_TakesBoundedMemory()
    {
        _million.GiveToTheFirst(people: 10);
        var output = _million.Folder.File("person.json");

        var peak = await ExportAsync("people", "export-person", "E-000", "--database", _million.Database, "--output", output);

        File.ReadLines(output).Count(line => line.Contains("\"idempotencyKey\"", StringComparison.Ordinal)).ShouldBe(100_000);
        peak.ShouldBeLessThan(ResidentLimit);
    }

    private static async Task<long> ExportAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Frat.Cli.dll"), .. arguments]) { RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("X", CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var peak = 0L;
        while (await Task.WhenAny(ended, Task.Delay(50)) != ended)
        {
            peak = Math.Max(peak, PeakOf(process));
        }

        (process.ExitCode, await error).ShouldBe((0, ""));
        peak.ShouldBeGreaterThan(0);
        return peak;
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // It has ended just now.
        }
    }

    private static int CountRows(string file, string format)
    {
        using var stream = File.OpenRead(file);
        if (format == "csv")
        {
            using var lines = new StreamReader(stream);
            var count = 0;
            while (lines.ReadLine() is not null)
            {
                count++;
            }

            return count;
        }

        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        using var reader = System.Xml.XmlReader.Create(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var rows = 0;
        while (reader.Read())
        {
            rows += reader is { NodeType: System.Xml.XmlNodeType.Element, LocalName: "row" } ? 1 : 0;
        }

        return rows;
    }

    /// <summary>The file: 100 people, 2 500 days, four punches on each.</summary>
    public sealed class Million : IAsyncLifetime
    {
        public const int People = 100;
        public const int Punches = 1_000_000;
        public const int Days = 250_000;

        internal TestFolder Folder { get; } = new();

        internal string Database => Folder.File("frat.db");

        public async Task InitializeAsync()
        {
            await using (var target = TargetDatabase.Sqlite(Folder))
            {
                for (var i = 0; i < People; i++)
                {
                    var person = (await target.People.EnrollAsync(new Enrollment
                    {
                        EmployeeId = $"E-{i:000}", Name = $"Person number {i}", Templates = [], Consent = null, Note = new AuditNote
                        {
                            By = Actor.User("test"),
                        },
                    })).Person;
                    var local = new DateTime(2021, 1, 1, 8, 0, 0);
                    await target.Log.AppendAsync(new Punch
                    {
                        PersonId = person.Id,
                        Instant = new DateTimeOffset(local, TimeSpan.Zero),
                        TimeZone = "Etc/UTC",
                        LocalTime = local,
                        Method = PunchMethod.Pin,
                        Source = "front door",
                        Distance = 0.3125f,
                        DetectionScore = 1.5f,
                        IdempotencyKey = $"seed {i}",
                    });
                }
            }

            SqliteConnection.ClearAllPools();
            using var connection = new SqliteConnection($"Data Source={Database}");
            connection.Open();

            // The other days are copies of the first one, made in the database: a million transactions would take an hour.
            Multiply(connection, "attendance_days", 2500);
            Multiply(connection, "punches", 10_000);
        }

        public Task DisposeAsync()
        {
            Folder.Dispose();
            return Task.CompletedTask;
        }

        /// <summary>Makes the punches of some people the first one's. The reports of all people's have the same rows as before.</summary>
        public void GiveToTheFirst(int people)
        {
            using var connection = new SqliteConnection($"Data Source={Database}");
            connection.Open();
            using var update = connection.CreateCommand();
            update.CommandText = $"""
                UPDATE punches SET person_id = (SELECT id FROM people WHERE employee_id = 'E-000')
                WHERE person_id IN (SELECT id FROM people WHERE employee_id < 'E-{people:000}')
                """;
            update.ExecuteNonQuery().ShouldBe(people * 10_000);
        }

        // Each copy on a day of its own, or four of them: what differs are the ids, keys and times.
        private static void Multiply(SqliteConnection connection, string table, int copies)
        {
            var perDay = copies / 2500;
            var columns = new List<string>();
            using (var command = connection.CreateCommand())
            {
                command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    columns.Add(reader.GetString(0));
                }
            }

            var values = columns.Select(column => column.ToUpperInvariant() switch
            {
                "ID" or "PUNCH_ID" or "RECEIPT_PUNCH_ID" or "PUNCHID" or "RECEIPTPUNCHID" =>
                    $"printf('%08X-%04X-7000-8000-%012X', n, rowid % 65536, rowid * {copies} + n)",
                "IDEMPOTENCY_KEY" or "IDEMPOTENCYKEY" => $"\"{column}\" || ' ' || n",
                "DATE" or "WORK_DATE" or "WORKDATE" => $"date(\"{column}\", '+' || n || ' days')",
                "LOCAL_TIME" or "LOCALTIME" or "FIRST_IN" or "FIRSTIN" =>
                    $"strftime('%Y-%m-%d %H:%M:%S', \"{column}\", '+' || (n / {perDay}) || ' days', '+' || (n % {perDay}) || ' hours')",
                _ => $"\"{column}\"",
            });
            using (var settings = connection.CreateCommand())
            {
                settings.CommandText = "PRAGMA foreign_keys = off; PRAGMA synchronous = off";
                settings.ExecuteNonQuery();
            }

            using var insert = connection.CreateCommand();
            insert.CommandText = $"""
                WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {copies - 1})
                INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
                SELECT {string.Join(", ", values)} FROM {table}, numbers;
                """;
            insert.ExecuteNonQuery().ShouldBe(People * (copies - 1));
        }
    }
}
