using Microsoft.Data.Sqlite;

namespace Frat.Compare.Load;

/// <summary>Holds what was answered against what is in the database of a host that has ended.</summary>
internal static class StoredProof
{
    private const int MostShown = 3;

    // Nobody comes back to a kiosk sooner.
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(LoadPlan.VisitSeconds - LoadPlan.FaceSeconds);

    /// <summary>Looks for each punch and each newcomer that was answered.</summary>
    /// <returns>What is wrong, in sentences; nothing where each is there once, and no more.</returns>
    public static IReadOnlyList<string> Check(string database, IReadOnlyList<LoadResult> results, int kiosks)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var stored = Read(connection, "SELECT id, source, instant FROM punches WHERE source LIKE 'Door %' ORDER BY source, instant")
            .ConvertAll(row => (Id: Guid.Parse(row[0]), Kiosk: row[1], At: row[2]));
        var newcomers = Read(connection, "SELECT employee_id, '', '' FROM people WHERE employee_id LIKE 'L-%'").ConvertAll(row => row[0]);

        var answered = results.SelectMany(result => result.Bookings).Select(booking => booking.Punch).ToHashSet();
        var lost = answered.Except(stored.Select(punch => punch.Id)).ToList();
        var unanswered = stored.Where(punch => !answered.Contains(punch.Id)).ToList();
        var twice = stored.Zip(stored.Skip(1)).Where(pair => pair.First.Kiosk == pair.Second.Kiosk
            && MomentOf(pair.Second.At) - MomentOf(pair.First.At) < Apart).ToList();
        var others = results.SelectMany(result => result.Bookings).Where(booking => booking.Who is not null && booking.Name != booking.Who);
        var registered = results.SelectMany(result => result.Enrolments).Select(person => person.Id).ToList();
        return [.. new[]
        {
            Say("punches that were answered aren't stored", lost.Select(id => id.ToString())),
            // Each kiosk is cut off once at the end of a part, and may have been about to be told.
            unanswered.Count > results.Count * kiosks
                ? Say("punches are stored that nobody was told of", unanswered.Select(punch => punch.Id.ToString())) : null,
            Say("punches stand twice", twice.Select(pair => $"{pair.First.Id} and {pair.Second.Id} at {pair.First.Kiosk}")),
            Say("people were booked as somebody else", others.Select(booking => $"{booking.Who} as {booking.Name}")),
            Say("newcomers who were registered aren't there", registered.Except(newcomers)),
            newcomers.Distinct().Count() == newcomers.Count ? null : "Newcomers are there twice.",
            newcomers.Except(registered).Count() > results.Count
                ? Say("newcomers are there whom nobody was told of", newcomers.Except(registered)) : null,
        }.OfType<string>()];
    }

    private static DateTimeOffset MomentOf(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    private static string? Say(string what, IEnumerable<string> which)
    {
        var all = which.ToList();
        return all.Count == 0 ? null : $"{all.Count} {what}: {string.Join(", ", all.Take(MostShown))}.";
    }

    private static List<string[]> Read(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are this class's own.
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([reader.GetString(0), reader.GetString(1), reader.GetString(2)]);
        }

        return rows;
    }
}
