using System.Globalization;
using Frat.Storage.EfCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Scale;

/// <summary>
/// Fills a database. One person and one punch are stored through the contracts; the rows that this left are multiplied inside the database,
/// and the templates, each encrypted for its person, are copied in.
/// </summary>
internal static class Filling
{
    public static readonly DateOnly FirstDay = new(2020, 1, 1);

    private const string PersonPrefix = "01960000-0000-7000-8000-";
    private const string PunchPrefix = "01970000-0000-7000-8000-";
    private const int TemplatesPerPerson = 3;

    public static Guid PersonId(int number) => Guid.Parse(PersonPrefix + number.ToString("X12", CultureInfo.InvariantCulture));

    public static Punch Punch(Guid personId, DateTime local, string key) => new()
    {
        PersonId = personId,
        Instant = new DateTimeOffset(local, TimeSpan.Zero),
        TimeZone = "Etc/UTC",
        LocalTime = local,
        Source = "kiosk-1",
        Distance = 0.41f,
        DetectionScore = 1.25f,
        IdempotencyKey = key,
    };

    public static Enrollment Enrollment(string employeeId, int seed) => new()
    {
        EmployeeId = employeeId,
        Name = "Ada Lovelace",
        Templates = [
            .. Enumerable.Range(0, TemplatesPerPerson).Select(i => new NewTemplate { Encoding = ScaleHost.Encoding(-1 - seed, i) })
        ],
        Consent = new Consent
        {
            TextVersion = "1",
            Purpose = "Attendance",
            Basis = ConsentBasis.Given,
            GivenAt = DateTimeOffset.UnixEpoch,
            RecordedBy = Actor.User("benchmark"),
        },
        Note = new AuditNote { By = Actor.User("benchmark") },
    };

    /// <summary>Fills an empty database.</summary>
    public static async Task FillAsync(
        string database, string connection, int people, int punches, Action<string> tell, CancellationToken cancellationToken)
    {
        using var host = ScaleHost.Build(database, connection);
        var store = host.Services.GetRequiredService<IPersonStore>();
        var log = host.Services.GetRequiredService<IAttendanceLog>();
        var first = (await store.EnrollAsync(Enrollment("first", 1_000_000), cancellationToken)).Person;
        var morning = FirstDay.AddDays(-10).ToDateTime(new TimeOnly(8, 0));
        await log.AppendAsync(Punch(first.Id, morning, "first"), cancellationToken: cancellationToken);

        await using var context = await host.Services.GetRequiredService<IDbContextFactory<FratDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        context.Database.SetCommandTimeout(TimeSpan.Zero);
        Dialect sql = database == "sqlite" ? new SqliteDialect(context) : new PostgreSqlDialect(context);
        await sql.PrepareAsync(cancellationToken);

        tell($"{people} people");
        var (person, id) = (sql.Id(PersonPrefix, "n"), sql.Id(PunchPrefix, "n"));
        await sql.MultiplyAsync(
            "people", people, new() { ["id"] = person, ["employee_id"] = "'S-' || n", ["name"] = "'Person ' || n" }, cancellationToken);
        await sql.MultiplyAsync("consents", people, new() { ["id"] = person, ["person_id"] = person }, cancellationToken);
        await sql.MultiplyAsync("template_changes", people, new() { ["sequence"] = "", ["person_id"] = person }, cancellationToken);
        await sql.MultiplyAsync("audit_entries", people, new() { ["sequence"] = "", ["person_id"] = person }, cancellationToken);
        var keys = await host.Services.GetRequiredService<ITemplateKeyProvider>().GetKeysAsync(null, cancellationToken);
        await SealPeopleAsync(context, new PersonSeal(keys.Current), people, cancellationToken);
        using var cipher = new TemplateCipher(keys.Current);
        for (var from = 0; from < people; from += 10_000)
        {
            tell($"templates of people from {from}");
            await sql.CopyAsync(
                Enumerable.Range(from, Math.Min(10_000, people - from)).SelectMany(number => Templates(cipher, number)), cancellationToken);
        }

        // Morning and evening of one day after the other: punch n is the (n / people)th of person n % people.
        tell($"{(long)people * punches} punches");
        var (who, day, at, noon) = (
            sql.Id(PersonPrefix, $"(n % {people})"), $"(n / {people} / 2)", sql.Time(FirstDay, people), $"(n / {people} % 2)");
        await sql.MultiplyAsync("punches", (long)people * punches, new()
        {
            ["id"] = id,
            ["person_id"] = who,
            ["instant"] = at.Instant,
            ["local_time"] = at.Local,
            ["idempotency_key"] = "'punch ' || n",
            ["receipt_marked"] = sql.Flag($"{noon} = 0"),
            ["receipt_date"] = sql.Date(FirstDay, day),
            ["receipt_first_in"] = at.Local,
            ["receipt_punch_id"] = id,
        }, cancellationToken);
        tell("days");
        await sql.MultiplyAsync("attendance_days", (long)people * ((punches + 1) / 2), new()
        {
            ["person_id"] = who,
            ["date"] = sql.Date(FirstDay, $"(n / {people})"),
            ["punch_id"] = sql.Id(PunchPrefix, $"(n / {people} * 2 * {people} + n % {people})"),
            ["first_in"] = sql.Morning(FirstDay, people),
            ["listed_at"] = sql.Morning(FirstDay, people),
            ["closes_at"] = "NULL",
        }, cancellationToken);
        tell("indexes and statistics");
        await sql.FinishAsync(cancellationToken);
    }

    private static async Task SealPeopleAsync(FratDbContext context, PersonSeal seal, int people, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        for (var number = 0; number < people; number++)
        {
            var id = PersonId(number);
            var sealedPerson = seal.Seal(id, FormattableString.Invariant($"S-{number}"), FormattableString.Invariant($"Person {number}"));
            await context.People.Where(person => person.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(person => person.Seal, sealedPerson), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<TemplateRow> Templates(TemplateCipher cipher, int person) =>
        Enumerable.Range(0, TemplatesPerPerson).Select(i =>
        {
            var place = new TemplatePlace(
                Guid.CreateVersion7(), PersonId(person), ScaleHost.Encoder, PersonId(person), DateTimeOffset.UnixEpoch);
            return new TemplateRow
            {
                Id = place.TemplateId,
                PersonId = place.PersonId,
                EncoderId = place.EncoderId,
                Encoding = cipher.Encrypt(place, ScaleHost.Encoding(person, i).ToBytes()),
                KeyId = cipher.KeyId,
                ConsentId = place.ConsentId,
                CreatedAt = DateTimeOffset.UnixEpoch,
                CreatedBy = Actor.User("benchmark"),
            };
        });
}
