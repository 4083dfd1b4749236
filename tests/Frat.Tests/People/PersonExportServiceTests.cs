using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Frat.TestKit;
using Frat.Tests.Reports;

namespace Frat.Tests.People;

public sealed class PersonExportServiceTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];
    private static readonly AuditNote Note = new() { By = Actor.User("hr.miller"), Reason = "Asked for on 2026-11-20" };

    [Fact]
    public async Task Line6_TheExportOfAPersonWithEverything_HoldsEachFact()
    {
        await using var host = await FratHost.StartAsync();
        var person = await CreateAsync(host);
        await host.EnrollAsync("8", DebianPhotos.Johns["John_Simm"][0]);
        await host.CheckInAsync(DebianPhotos.Johns["John_Simm"][1]);

        var document = await ExportAsync(host, person);

        document["document"]!.ToString().ShouldBe("frat-person");
        document["person"]!["employeeId"]!.ToString().ShouldBe("7");
        document["consents"]!.AsArray().Single()!["textVersion"]!.ToString().ShouldBe("1");
        document["templates"]!.AsArray().Count.ShouldBe(2);
        document["templates"]![0]!["quality"]!["eyeDistance"]!.GetValue<float>().ShouldBeGreaterThan(20);
        var punch = document["punches"]!.AsArray().Single()!;
        punch["method"]!.ToString().ShouldBe("Face");
        punch["corrections"]!.AsArray().Single()!["reason"]!.ToString().ShouldBe("The clock was wrong.");
        var day = document["days"]!.AsArray().Single()!;
        (day["date"]!.ToString(), day["status"]!.ToString()).ShouldBe(("2026-11-22", "OnLeave"));
        document["leaves"]!.AsArray().Single()!["note"]!.ToString().ShouldBe("Moving house");
        document["assignments"]!.AsArray().Single()!["schedule"]!.ToString().ShouldBe("Early");
        document["audit"]!.AsArray().Select(entry => entry!["action"]!.ToString()).ShouldContain(AuditActions.TemplateAdded);
        document.ToJsonString().ShouldNotContain("Name of 8");
    }

    [Fact]
    public async Task WriteAsync_EveryPropertyOfTheContracts_IsInTheDocument()
    {
        await using var host = await FratHost.StartAsync();
        var person = await CreateAsync(host);

        var document = await ExportAsync(host, person);

        // What is computed of the others, or is the person that all of it is about, need not be there.
        Holds<Person>(document["person"]!);
        Holds<InactivePeriod>(document["inactivePeriods"]![0]!);
        Holds<Consent>(document["consents"]![0]!);
        Holds<TemplateInfo>(document["templates"]![0]!);
        Holds<FaceQuality>(document["templates"]![0]!["quality"]!);
        Holds<Punch>(document["punches"]![0]!, nameof(Punch.PersonId));
        Holds<PunchCorrection>(document["punches"]![0]!["corrections"]![0]!);
        Holds<AttendanceDay>(
            document["days"]![0]!,
            nameof(AttendanceDay.Person),
            nameof(AttendanceDay.IsLate),
            nameof(AttendanceDay.LeftEarly),
            nameof(AttendanceDay.Time));
        Holds<Leave>(document["leaves"]![0]!);
        Holds<ScheduleAssignment>(document["assignments"]![0]!, nameof(ScheduleAssignment.PersonId));
        Holds<AuditEntry>(document["audit"]![0]!);
    }

    [Fact]
    public async Task WriteAsync_Encodings_AreWrittenOnlyWhereTheyAreAskedFor()
    {
        await using var host = await FratHost.StartAsync();
        var person = (await host.EnrollAsync("7", Savage[0], Savage[1])).Person!;
        var stored = await host.Get<IEncodingStore>().ReadAsync("dlib-resnet-v1", person.Id)
            .ToDictionaryAsync(template => template.Id.ToString());

        (await ExportAsync(host, person)).ToJsonString().ShouldNotContain("\"encoding\":");
        var document = await ExportAsync(host, person, new PersonExportOptions { IncludeEncodings = true });

        document["templates"]!.AsArray().Count.ShouldBe(2);
        foreach (var template in document["templates"]!.AsArray())
        {
            template!["encoding"]!.AsArray().Select(value => value!.GetValue<float>())
                .ShouldBe(stored[template["id"]!.ToString()].Encoding.Values.ToArray());
        }
    }

    [Fact]
    public async Task WriteAsync_EachTime_IsInTheTrailWithWhoAndWhy()
    {
        await using var host = await FratHost.StartAsync();
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;

        await ExportAsync(host, person);
        var document = await ExportAsync(host, person, new PersonExportOptions { IncludeEncodings = true });

        var entries = (await host.Get<IAuditTrail>().ReadAsync(personId: person.Id).ToListAsync()).Where(
            entry => entry.Action == AuditActions.PersonExported).ToList();
        entries.Select(entry => (entry.By, entry.Reason, entry.New))
            .ShouldBe([(Note.By, Note.Reason, "without encodings"), (Note.By, Note.Reason, "with encodings")]);
        document["audit"]!.AsArray()[^1]!["action"]!.ToString().ShouldBe(AuditActions.PersonExported);
    }

    [Fact]
    public async Task WriteAsync_Nobody_WritesNothing()
    {
        await using var host = await FratHost.StartAsync();
        using var output = new MemoryStream();

        (await host.Get<IPersonExportService>().WriteAsync(Guid.NewGuid(), output, Note)).ShouldBeFalse();

        output.Length.ShouldBe(0);
        (await host.Get<IAuditTrail>().ReadAsync().ToListAsync()).ShouldBeEmpty();
    }

    private static async Task<Person> CreateAsync(FratHost host)
    {
        var person = (await host.EnrollAsync("7", Savage[0], Savage[1])).Person!;
        await host.Get<IPersonStore>().SetActiveAsync(person.Id, active: false, Note);
        await host.Get<IPersonStore>().SetActiveAsync(person.Id, active: true, Note);
        await host.Get<FaceGallery>().RefreshAsync();
        var punch = (await host.CheckInAsync(Savage[2])).Receipt!.Day.PunchId!.Value;
        var log = host.Get<IAttendanceLog>();
        await log.CorrectAsync(new PunchCorrection
        {
            PunchId = punch, LocalTime = new DateTime(
                2026, 11, 22, 11, 0, 0), By = Actor.User("hr.miller"), Reason = "The clock was wrong.", At = host.Time.GetUtcNow(),
        });
        var schedules = host.Get<IScheduleStore>();
        var schedule = new Schedule { Name = "Early", TimeZone = "Etc/UTC", Start = new(6, 0), End = new(14, 0), Weekdays = Weekdays.All };
        await schedules.SaveScheduleAsync(schedule, Note);
        var day = new DateOnly(2026, 11, 22);
        await schedules.SaveAssignmentAsync(new ScheduleAssignment
        {
            Id = Guid.CreateVersion7(),
            PersonId = person.Id,
            ScheduleId = schedule.Id,
            From = day,
        }, Note);
        await schedules.SaveLeaveAsync(new Leave { PersonId = person.Id, From = day, To = day, Note = "Moving house" }, Note);
        return person;
    }

    private static async Task<JsonNode> ExportAsync(FratHost host, Person person, PersonExportOptions? options = null)
    {
        using var memory = new MemoryStream();
        await using var output = new AsyncOnlyStream(memory);
        (await host.Get<IPersonExportService>().WriteAsync(person.Id, output, Note, options)).ShouldBeTrue();
        return JsonNode.Parse(Encoding.UTF8.GetString(memory.ToArray()))!;
    }

    private static void Holds<T>(JsonNode json, params string[] without) =>
        typeof(T).GetProperties().Select(property => property.Name).Except(without).Select(JsonNamingPolicy.CamelCase.ConvertName)
            .Except(json.AsObject().Select(member => member.Key)).ShouldBeEmpty(typeof(T).Name);
}
