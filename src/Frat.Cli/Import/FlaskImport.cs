using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Frat.Cli.Import;

/// <summary>What the user decides about an import.</summary>
/// <param name="Consent">What the people agreed to, as the user attests.</param>
/// <param name="Note">Who imports.</param>
/// <param name="Clock">How times are read.</param>
internal sealed record FlaskImportOptions(Consent Consent, AuditNote Note, FlaskClock Clock);

/// <summary>
/// Brings the original's people, encodings and attendance over. Running it again changes nothing: people are known by their employee ID,
/// attendance by an idempotency key made of what the row says.
/// </summary>
/// <param name="source">The original's database.</param>
/// <param name="people">FRAT's people; null in a dry run before there is a database.</param>
/// <param name="encodings">Their templates; null as well.</param>
/// <param name="log">FRAT's attendance; likewise.</param>
/// <param name="options">What the user decided.</param>
/// <param name="writes">False for a dry run: everything but writing.</param>
internal sealed class FlaskImport(
    FlaskDatabase source, IPersonStore? people, IEncodingStore? encodings, IAttendanceLog? log, FlaskImportOptions options, bool writes)
{
    public const string UserTable = "user";
    public const string AttendanceTable = "attendance";

    private const string Source = "import of the original";
    private const string DefaultStatus = "Present";

    private readonly ImportReport _report = new();
    private readonly Dictionary<long, ImportedPerson> _byUserId = [];

    // Keys of what an earlier run brought over.
    private readonly HashSet<UInt128> _known = [];

    /// <summary>Imports everything that can be.</summary>
    /// <exception cref="FlaskDatabaseException">The source can't be read any further.</exception>
    /// <exception cref="StoreException">FRAT's database failed. What was imported so far stays; run again to go on.</exception>
    public async Task<ImportReport> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var (users, rows) = await source.CountAsync(cancellationToken).ConfigureAwait(false);
        using (var bar = new ProgressBar(terminal, "People", users))
        {
            var owners = new Dictionary<string, long>(StringComparer.Ordinal);
            await foreach (var user in source.ReadUsersAsync(cancellationToken).ConfigureAwait(false))
            {
                var before = _report.People.LeftOut;
                await ImportAsync(user, owners, cancellationToken).ConfigureAwait(false);
                bar.Count(_report.People.LeftOut > before);
            }
        }

        using (var bar = new ProgressBar(terminal, "Attendance", rows))
        {
            await foreach (var row in source.ReadAttendanceAsync(cancellationToken).ConfigureAwait(false))
            {
                var before = _report.Attendance.LeftOut;
                await ImportAsync(row, cancellationToken).ConfigureAwait(false);
                bar.Count(_report.Attendance.LeftOut > before);
            }
        }

        foreach (var (userId, person) in _byUserId.Where(entry => !entry.Value.HasAttendance).OrderBy(entry => entry.Key))
        {
            _report.WithoutAttendance++;
            _report.Note(UserTable, userId, person.EmployeeId, "has no attendance");
        }

        return _report;
    }

    private async Task ImportAsync(FlaskUser user, Dictionary<string, long> owners, CancellationToken cancellationToken)
    {
        _report.People.Read++;
        var (employeeId, name) = (Person.Normalize(user.EmployeeId), Person.Normalize(user.Name));
        if (WhatIsWrong(user, employeeId, name) is { } problem)
        {
            _report.LeaveOut(UserTable, user.Id, Terminal.Excerpt(user.EmployeeId), problem);
            return;
        }

        if (!owners.TryAdd(employeeId, user.Id))
        {
            _report.LeaveOut(UserTable, user.Id, employeeId, string.Create(
                CultureInfo.InvariantCulture, $"has the employee ID of user {owners[employeeId]}, once white space is cut off"));
            return;
        }

        var encoding = FlaskValues.Encoding(user, out var defect);
        var person = people is null ? null : await people.FindAsync(employeeId, cancellationToken).ConfigureAwait(false);
        if (person is null && writes)
        {
            var receipt = await people!.EnrollAsync(
                new Enrollment
                {
                    EmployeeId = employeeId,
                    Name = name,
                    Templates = encoding is null ? [] : [new NewTemplate { Encoding = encoding, Way = FaceEncoderInfo.PlainWay }],
                    Consent = encoding is null ? null : options.Consent with { Id = Guid.CreateVersion7() },
                    Note = options.Note,
                },
                cancellationToken).ConfigureAwait(false);
            if (receipt.Created)
            {
                CountNew(user, employeeId, receipt.Person.Id, defect);
                return;
            }

            person = receipt.Person; // Somebody registered this very moment.
        }

        if (person is null)
        {
            CountNew(user, employeeId, personId: null, defect);
            return;
        }

        await CompareAsync(user, person, name, encoding, cancellationToken).ConfigureAwait(false);
    }

    private void CountNew(FlaskUser user, string employeeId, Guid? personId, string? defect)
    {
        _report.People.New++;
        _byUserId.Add(user.Id, new ImportedPerson(personId, employeeId));
        if (defect is not null)
        {
            _report.WithoutTemplate++;
            _report.Note(UserTable, user.Id, employeeId, $"{defect}: has to register a photo");
        }
    }

    private async Task CompareAsync(FlaskUser user, Person person, string name, FaceEncoding? encoding, CancellationToken cancellationToken)
    {
        _report.People.There++;
        _byUserId.Add(user.Id, new ImportedPerson(person.Id, person.EmployeeId));
        if (person.Name != name)
        {
            _report.Note(
                UserTable,
                user.Id,
                person.EmployeeId,
                $"is named '{Terminal.Excerpt(name)}' here and '{Terminal.Excerpt(person.Name)}' in FRAT, which stays");
        }

        // A consent that was withdrawn in FRAT must not come back with a second run.
        if (encoding is not null && (await encodings!.ListAsync(person.Id, cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            _report.Note(
                UserTable,
                user.Id,
                person.EmployeeId,
                "has no template in FRAT; the encoding was not brought over to a person who was there already");
        }

        await foreach (var punch in log!.ReadPunchesAsync(
            DateOnly.MinValue, DateOnly.MaxValue, person.Id, cancellationToken).ConfigureAwait(false))
        {
            if (Hash(punch.IdempotencyKey) is { } key)
            {
                _known.Add(key);
            }
        }
    }

    private async Task ImportAsync(FlaskAttendance row, CancellationToken cancellationToken)
    {
        _report.Attendance.Read++;
        if (row.UserId is not { } userId || !_byUserId.TryGetValue(userId, out var person))
        {
            _report.LeaveOut(AttendanceTable, row.Id, who: null, row.UserId is { } missing
                ? string.Create(CultureInfo.InvariantCulture, $"is of user {missing}, who is not there or was left out")
                : "is of no user");
            return;
        }

        person.HasAttendance = true;
        if (FlaskValues.LocalTime(row, out var problem) is not { } sourceTime)
        {
            _report.LeaveOut(AttendanceTable, row.Id, person.EmployeeId, problem!);
            return;
        }

        var status = string.IsNullOrWhiteSpace(row.Status) ? DefaultStatus : Terminal.Excerpt(row.Status.Trim());
        if (FlaskValues.SaysAbsent(status))
        {
            _report.LeaveOut(AttendanceTable, row.Id, person.EmployeeId, $"has the status '{status}': nobody was there, so it is no punch");
            return;
        }

        var key = KeyOf(row, person, sourceTime);
        if (_known.Contains(Hash(key)!.Value))
        {
            _report.Attendance.There++;
            return;
        }

        if (!FlaskClock.CanBe(sourceTime))
        {
            _report.LeaveOut(AttendanceTable, row.Id, person.EmployeeId, string.Create(
                CultureInfo.InvariantCulture,
                $"has a date that can't be: {sourceTime:yyyy-MM-dd} is too early, or ahead of this machine's clock"));
            return;
        }

        var (instant, local) = options.Clock.Read(sourceTime, out var decided);
        if (writes)
        {
            var receipt = await AppendAsync(person, key, instant, local, status, cancellationToken).ConfigureAwait(false);
            if (receipt is null)
            {
                _report.LeaveOut(AttendanceTable, row.Id, person.EmployeeId, "is of a person who was deleted from FRAT meanwhile");
                return;
            }
        }

        _report.Attendance.New++;
        if (decided is not null)
        {
            _report.Note(AttendanceTable, row.Id, person.EmployeeId, decided);
        }

        if (!status.Equals(DefaultStatus, StringComparison.OrdinalIgnoreCase))
        {
            _report.Note(
                AttendanceTable,
                row.Id,
                person.EmployeeId,
                $"has the status '{status}', which FRAT derives by itself; it is kept in the punch's source");
        }
    }

    private Task<PunchReceipt?> AppendAsync(
        ImportedPerson person, string key, DateTimeOffset instant, DateTime local, string status, CancellationToken cancellationToken) =>
            log!.AppendAsync(
            new Punch
            {
                PersonId = person.Id!.Value,
                Instant = instant,
                TimeZone = options.Clock.SiteId,
                LocalTime = local,
                Method = PunchMethod.Import,
                Source = status.Equals(DefaultStatus, StringComparison.OrdinalIgnoreCase) ? Source : $"{Source}: {status}",
                IdempotencyKey = key,
            },
            cancellationToken: cancellationToken);

    private static string? WhatIsWrong(FlaskUser user, string employeeId, string name) => (employeeId, name) switch
    {
        ("", _) => "has no employee ID",
        (_, "") => "has no name",
        _ when employeeId.Length > Person.MaxEmployeeIdLength => $"has an employee ID of more than {Person.MaxEmployeeIdLength} characters",
        ("." or "..", _) => "has an employee ID that means something else in an address",
        _ when !Person.IsEmployeeId(employeeId) => "has an employee ID with a character that can't be seen",
        _ when name.Length > Person.MaxNameLength => $"has a name of more than {Person.MaxNameLength} characters",
        _ when !Person.IsName(name) => "has a name with a character that can't be shown",
        _ => null,
    };

    // Made of what the row says, and not of where the file lies: a copy of the database is the same database, and another database with the
    // same ids isn't.
    private static string KeyOf(FlaskAttendance row, ImportedPerson person, DateTime time)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{person.EmployeeId}\n{row.Id}\n{time:yyyy-MM-dd'T'HH:mm:ss.ffffff}");
        return KeyPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private const string KeyPrefix = "flask:";

    private static UInt128? Hash(string key) =>
        key.StartsWith(KeyPrefix, StringComparison.Ordinal)
        && UInt128.TryParse(key.AsSpan(KeyPrefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
            ? hash
            : null;

    /// <param name="Id">FRAT's id; null in a dry run for somebody who isn't there yet.</param>
    /// <param name="EmployeeId">The employee ID as FRAT has it.</param>
    private sealed record ImportedPerson(Guid? Id, string EmployeeId)
    {
        public bool HasAttendance { get; set; }
    }
}
