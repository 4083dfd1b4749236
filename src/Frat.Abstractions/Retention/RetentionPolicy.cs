namespace Frat;

/// <summary>How long what is kept. Immutable.</summary>
public sealed record RetentionPolicy
{
    /// <summary>The default of <see cref="TemplateDays"/>: three years.</summary>
    public const int DefaultTemplateDays = 1095;

    /// <summary>The most days that can be said: a hundred years.</summary>
    public const int MaxDays = 36_500;

    /// <summary>
    /// A person's templates are deleted this many days after the person was last recognised by face and the newest of them was made; 1 to
    /// <see cref="MaxDays"/>. Null keeps them whatever their age. Default <see cref="DefaultTemplateDays"/>.
    /// </summary>
    public int? TemplateDays { get; init; } = DefaultTemplateDays;

    /// <summary>
    /// Attendance is deleted by whole months, once the last date of a month is more than this many days ago; 1 to <see cref="MaxDays"/>.
    /// Null, the default, keeps it.
    /// </summary>
    public int? AttendanceDays { get; init; }

    /// <summary>
    /// Whether somebody has looked at what would be deleted and says so: then it is deleted also where the clock can't be trusted, or much
    /// goes at once. Default false: see <see cref="RetentionReport.Refusal"/>.
    /// </summary>
    public bool Confirmed { get; init; }
}
