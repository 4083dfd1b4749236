using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost;

/// <summary>
/// Reads and writes <see cref="HostSettings"/>. What is read may be as old as <see cref="Age"/>: that is how soon other hosts of the
/// database know of a change. Each change has its entry in the audit trail.
/// </summary>
/// <remarks>Thread-safe; one instance serves the process. The database failing is a <see cref="StoreException"/>.</remarks>
internal sealed class SettingStore(HostDatabase host, IAuditTrail trail, TimeProvider time)
{
    public const string ModeKey = "attendance.mode";
    public const string Changed = "setting.changed";

    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private volatile Kept? _kept;

    /// <summary>Reads the settings.</summary>
    public async ValueTask<HostSettings> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_kept is { } kept && time.GetElapsedTime(kept.At) is var age && age < Age)
        {
            return kept.Settings;
        }

        var at = time.GetTimestamp();
        var rows = await host.RunAsync("ReadSettings", database =>
            database.Settings.AsNoTracking().ToDictionaryAsync(row => row.Key, cancellationToken));
        var settings = Parse(rows);
        _kept = new Kept(settings, at);
        return settings;
    }

    /// <summary>Reads what a second look means; what was known last, or the default, where the database doesn't answer.</summary>
    public async ValueTask<AttendanceMode> ReadModeAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return (await ReadAsync(cancellationToken)).Mode;
        }
        catch (StoreException)
        {
            return _kept?.Settings.Mode ?? default;
        }
    }

    /// <summary>Chooses what a second look means.</summary>
    public async Task SetModeAsync(AttendanceMode mode, AuditNote note, CancellationToken cancellationToken = default)
    {
        var before = await WriteAsync(ModeKey, mode.ToString(), note.By.Id, cancellationToken);
        _kept = null;
        if (before != mode.ToString())
        {
            // Not cancelled with the request: what was done is written down.
            await trail.AppendAsync(
                new AuditEvent
                {
                    Action = Changed,
                    Old = before is null ? null : $"{ModeKey}: {before}",
                    New = $"{ModeKey}: {mode}",
                    Note = note,
                },
                CancellationToken.None);
        }
    }

    // What an older or a newer host doesn't know is the default.
    private static HostSettings Parse(Dictionary<string, Setting> rows) =>
        rows.GetValueOrDefault(ModeKey) is { } row && Enum.TryParse<AttendanceMode>(row.Value, out var mode) && Enum.IsDefined(mode)
            ? new HostSettings { Mode = mode, ChosenAt = row.ChangedAt }
            : new HostSettings();

    private Task<string?> WriteAsync(string key, string value, string by, CancellationToken stop) =>
        host.RunAsync("SaveSetting", async database =>
        {
            for (var isAgain = false; ; isAgain = true)
            {
                var row = await database.Settings.SingleOrDefaultAsync(other => other.Key == key, stop);
                var before = row?.Value;
                if (row is null)
                {
                    database.Settings.Add(new Setting { Key = key, Value = value, ChangedAt = time.GetUtcNow(), ChangedBy = by });
                }
                else
                {
                    (row.Value, row.ChangedAt, row.ChangedBy) = (value, time.GetUtcNow(), by);
                }

                try
                {
                    await database.SaveChangesAsync(stop);
                    return before;
                }
                catch (DbUpdateException) when (row is null && !isAgain)
                {
                    database.ChangeTracker.Clear(); // Written by another request at the same moment.
                }
            }
        });

    private sealed record Kept(HostSettings Settings, long At);
}
