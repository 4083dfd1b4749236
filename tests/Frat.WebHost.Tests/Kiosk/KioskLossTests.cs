using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Frat.TestKit;
using Microsoft.Data.Sqlite;

namespace Frat.WebHost.Tests.Kiosk;

/// <summary>
/// The line, the database or the host goes away while paired kiosks book: what was answered is stored once, and what wasn't is sent again
/// by the same key, as the page does, and is stored once as well.
/// </summary>
public sealed class KioskLossTests : IDisposable
{
    private const string Pin = "7493";
    private const int AnswersBefore = 12;
    private static readonly string[] Doors = ["North", "South"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, string> _answered = new();
    private readonly ConcurrentDictionary<string, bool> _looks = new();
    private readonly ConcurrentQueue<(string Door, Punch What)> _kept = new();
    private readonly Dictionary<string, string> _cookies = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Host_KilledWhileKiosksBook_HasEachPunchOnce_AlsoThoseWhoseAnswerWasLostOnTheWay()
    {
        await using (var host = await StartAsync())
        {
            await SetUpAsync(host);
            // The line is cut when the answer is on its way: each of these is booked, and nobody heard of it.
            for (var number = 0; number < 3; number++)
            {
                await LoseAnswerAsync(host, Doors[0], new Punch($"lost-{number}", Now(), Pictures: number == 2));
            }

            await WorkUntilAsync(host, host.KillAsync);
        }

        await using var restarted = await StartAsync();
        await ReplayAsync(restarted);
        (await restarted.StopAsync(Patience)).ShouldBe(0);
        await using var connection = new SqliteConnection($"Data Source={_folder.File("frat.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id || ' ' || idempotency_key FROM punches";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        ShouldBeThereOnce(rows);
    }

    [Fact]
    public async Task Database_CrashedWhileKiosksBook_HasEachPunchOnce()
    {
        using var server = new PostgresServer();
        var database = server.CreateDatabase();
        var key = TemplateKey.Create(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(
            ("Frat__Database", server.ConnectionString(database)),
            ("FRAT_KEYS", $"{key.Id}:{Convert.ToBase64String(key.Secret)}"));
        await SetUpAsync(host);

        await WorkUntilAsync(host, () =>
        {
            server.Crash();
            server.Start();
            return Task.CompletedTask;
        });

        await ReplayAsync(host);
        ShouldBeThereOnce(server.Execute("SELECT id || ' ' || idempotency_key FROM punches", database).Split('\n'));
    }

    private Task<HostProcess> StartAsync(params (string Key, string Value)[] settings) =>
        HostProcess.StartAsync(_folder.Path, [("Frat__Access", "SignIn"), .. settings]);

    private async Task SetUpAsync(HostProcess host)
    {
        while (!host.Output.Contains("/welcome?key=", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        using var office = await HostOffice.OpenAsync(host.Client.BaseAddress!, host.Output);
        foreach (var (number, door) in Doors.Index())
        {
            await office.EnrollAsync(door, door, DebianPhotos.Johns.Values.ElementAt(number).Take(3));
            await office.SetPinAsync(door, Pin);
            _cookies[door] = await office.PairAsync(door);
        }
    }

    /// <summary>Both kiosks look, book by PIN and send kept pictures, until something happens in the middle of it.</summary>
    private async Task WorkUntilAsync(HostProcess host, Func<Task> happens)
    {
        var isOver = false;
        var kiosks = Doors.Select(door => Task.Run(async () =>
        {
            for (var number = 0; !Volatile.Read(ref isOver); number++)
            {
                await LookAsync(host, door, number);
                await BookAsync(host, door, new Punch($"{door}-{number}", Now(), Pictures: number % 3 == 2));
            }
        })).ToList();
        using var limit = new CancellationTokenSource(Patience);
        while (_answered.Count < AnswersBefore)
        {
            kiosks.Find(kiosk => kiosk.IsFaulted)?.GetAwaiter().GetResult();
            await Task.Delay(5, limit.Token);
        }

        await happens();
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(kiosks).WaitAsync(Patience);
    }

    /// <summary>Sends all again, also what was answered: that answer may have been lost.</summary>
    private async Task ReplayAsync(HostProcess host)
    {
        foreach (var (door, what) in _kept)
        {
            var before = _answered.GetValueOrDefault(what.Key);
            await BookAsync(host, door, what, keep: false);
            _answered.ShouldContainKey(what.Key);
            (before ?? _answered[what.Key]).ShouldBe(_answered[what.Key], "it is the same punch");
        }
    }

    private async Task BookAsync(HostProcess host, string door, Punch what, bool keep = true)
    {
        if (keep)
        {
            _kept.Enqueue((door, what));
        }

        if (await SendAsync(host, door, what.ToRequest(door, isReplay: !keep)) is { Status: 200 } answer)
        {
            _answered[what.Key] = answer["punch"].ShouldNotBeNull(answer.Json!.ToJsonString());
        }
    }

    private async Task LookAsync(HostProcess host, string door, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/kiosk/calls/look") { Content = Jpeg(Frames(door)[number % 3]) };
        if (await SendAsync(host, door, request) is { Status: 200 } answer && answer["punch"] is { } punch)
        {
            _looks[punch] = true;
        }
    }

    /// <summary>Sends a request, and hangs up before the answer, once the host has booked.</summary>
    private async Task LoseAnswerAsync(HostProcess host, string door, Punch what)
    {
        _kept.Enqueue((door, what));
        using var request = what.ToRequest(door, isReplay: false);
        request.Headers.Add("Cookie", _cookies[door]);
        using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    private async Task<Answer?> SendAsync(HostProcess host, string door, HttpRequestMessage request)
    {
        request.Headers.Add("Cookie", _cookies[door]);
        try
        {
            using var response = await host.Client.SendAsync(request);
            return await Answer.ReadAsync(response);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null; // The host is gone: it has booked it, or it hasn't.
        }
    }

    private void ShouldBeThereOnce(IReadOnlyList<string> rows)
    {
        var punches = rows.Select(row => row.Split(' ')).Select(row => (Id: Guid.Parse(row[0]), Key: row[1])).ToList();
        punches.Select(punch => punch.Id).ShouldBeUnique();
        var byKey = punches.ToLookup(punch => punch.Key, punch => punch.Id);
        foreach (var (key, punch) in _answered)
        {
            byKey[key].ShouldBe([Guid.Parse(punch)], key);
        }

        _kept.Select(kept => kept.What.Key).Except(_answered.Keys).ShouldBeEmpty();
        _looks.Keys.Select(Guid.Parse).Except(punches.Select(punch => punch.Id)).ShouldBeEmpty();
        // A look has no key: one at each door may have been booked without an answer.
        punches.Count.ShouldBeInRange(_answered.Count + _looks.Count, _answered.Count + _looks.Count + Doors.Length);
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    private static List<byte[]> Frames(string door) => [.. DebianPhotos.Johns.Values.ElementAt(Array.IndexOf(Doors, door))
        .Skip(3).Take(3).Select(File.ReadAllBytes)];

    private static ByteArrayContent Jpeg(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("image/jpeg");
        return content;
    }

    /// <summary>A punch that a kiosk keeps until it is answered.</summary>
    private sealed record Punch(string Key, DateTimeOffset At, bool Pictures)
    {
        // Live, a punch by PIN is of the host's own moment; kept, it has the tablet's.
        public HttpRequestMessage ToRequest(string door, bool isReplay)
        {
            if (!Pictures)
            {
                return new HttpRequestMessage(HttpMethod.Post, "/kiosk/calls/pin")
                {
                    Content = JsonContent.Create(
                        new { employeeId = door, pin = Pin, key = Key, capturedAt = isReplay ? At : (DateTimeOffset?)null }),
                };
            }

            using var body = new MemoryStream();
            foreach (var frame in Frames(door))
            {
                var length = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32BigEndian(length, frame.Length);
                body.Write(length);
                body.Write(frame);
            }

            var request = new HttpRequestMessage(HttpMethod.Post, "/kiosk/calls/kept") { Content = Jpeg(body.ToArray()) };
            request.Headers.Add("Idempotency-Key", Key);
            request.Headers.Add("X-Captured-At", At.ToString("O", CultureInfo.InvariantCulture));
            return request;
        }
    }
}
