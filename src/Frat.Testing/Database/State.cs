using System.Collections.Immutable;
using Frat.Storage.EfCore;

namespace Frat.Testing;

/// <summary>All that is kept. Immutable.</summary>
internal sealed record State
{
    public static State Empty { get; } = new();

    /// <summary>By id, which is the order in which days are derived.</summary>
    public ImmutableSortedDictionary<Guid, PersonRecord> People { get; init; } = ImmutableSortedDictionary<Guid, PersonRecord>.Empty;

    public ImmutableSortedDictionary<string, Guid> EmployeeIds { get; init; } =
        ImmutableSortedDictionary.Create<string, Guid>(StringComparer.Ordinal);

    /// <summary>Whose punch has an id.</summary>
    public ImmutableDictionary<Guid, Guid> Punches { get; init; } = ImmutableDictionary<Guid, Guid>.Empty;

    /// <summary>Which punch has a key of its source.</summary>
    public ImmutableDictionary<(string Source, string Key), Guid> Keys { get; init; } =
        ImmutableDictionary<(string Source, string Key), Guid>.Empty;

    public ImmutableDictionary<Guid, Schedule> Schedules { get; init; } = ImmutableDictionary<Guid, Schedule>.Empty;

    public ImmutableDictionary<Guid, HolidayCalendar> Calendars { get; init; } = ImmutableDictionary<Guid, HolidayCalendar>.Empty;

    /// <summary>By date.</summary>
    public ImmutableList<DefaultSchedule> Defaults { get; init; } = [];

    public ImmutableList<AuditEntry> Audit { get; init; } = [];

    public ImmutableList<TemplateChange> Changes { get; init; } = [];

    /// <summary>Days of many people that are to be derived anew.</summary>
    public ImmutableList<DerivationJob> Jobs { get; init; } = [];

    public long LastJob { get; init; }

    /// <summary>Since when the clock has gone on without a jump, and when it was looked at last.</summary>
    public (DateTimeOffset Since, DateTimeOffset Last)? Clock { get; init; }

    public PersonRecord? Find(Guid personId) => People.GetValueOrDefault(personId);
}

/// <summary>A person with all that is theirs. Immutable.</summary>
internal sealed record PersonRecord(Person Person)
{
    /// <summary>What searches look in.</summary>
    public string Searched => SearchText.Of(Person.EmployeeId, Person.Name);

    public ImmutableList<Consent> Consents { get; init; } = [];

    public ImmutableList<StoredTemplate> Templates { get; init; } = [];

    public ImmutableDictionary<Guid, StoredPunch> Punches { get; init; } = ImmutableDictionary<Guid, StoredPunch>.Empty;

    public ImmutableSortedDictionary<DateOnly, StoredDay> Days { get; init; } = ImmutableSortedDictionary<DateOnly, StoredDay>.Empty;

    public ImmutableList<ScheduleAssignment> Assignments { get; init; } = [];

    public ImmutableList<Leave> Leaves { get; init; } = [];

    public ImmutableList<InactivePeriod> InactivePeriods { get; init; } = [];

    public DateTimeOffset? LastRecognizedAt { get; init; }

    /// <summary>The first date whose attendance was not deleted by age.</summary>
    public DateOnly? AttendanceKeptFrom { get; init; }

    /// <summary>As of when all days were derived; null: never.</summary>
    public DateTimeOffset? DerivedAsOf { get; init; }

    /// <summary>When days change by themselves, because a shift is over or a leave begins.</summary>
    public DateTimeOffset LookAgainAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The templates by which the person may be recognised at a moment.</summary>
    public IEnumerable<StoredTemplate> Recognizable(DateTimeOffset now) =>
        Person.IsActive && Consents.Exists(consent => consent.IsInForceAt(now))
            ? Templates.Where(template => Consents.Exists(consent => consent.Id == template.ConsentId && consent.WithdrawnAt is null))
            : [];
}

/// <param name="Info">What may be shown of it.</param>
/// <param name="Encoding">The encoding's bytes, which a test may damage.</param>
/// <param name="ConsentId">The consent that it was added under.</param>
internal sealed record StoredTemplate(TemplateInfo Info, ReadOnlyMemory<byte> Encoding, Guid ConsentId);

internal sealed record StoredPunch(Punch Punch, PunchReceipt Receipt)
{
    public ImmutableList<PunchCorrection> Corrections { get; init; } = [];

    /// <summary>The times at which it may count.</summary>
    public IEnumerable<DateTime> LocalTimes => Corrections.Select(correction => correction.LocalTime).OfType<DateTime>()
        .Prepend(Punch.LocalTime);
}

/// <param name="Day">The day; whose it is may have another name by now.</param>
/// <param name="ClosesAt">When it is judged for good; null when it is.</param>
internal sealed record StoredDay(AttendanceDay Day, DateTimeOffset? ClosesAt)
{
    /// <summary>Whether it says the same of the person it is about.</summary>
    public bool IsLike(StoredDay? other) =>
        other is not null && ClosesAt == other.ClosesAt && (Day with { Person = other.Day.Person }) == other.Day;
}

/// <param name="Id">Rises with each.</param>
/// <param name="ScheduleId">Anyone who is assigned this schedule; null: everybody.</param>
/// <param name="DoneThrough">The last person who is done.</param>
internal sealed record DerivationJob(long Id, Guid? ScheduleId, Guid? DoneThrough = null);
