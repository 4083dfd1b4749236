using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>
/// What is deleted by age, and whether a host does it by itself. The names are the configuration keys of the section <c>Frat:Retention</c>.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>Whether the host deletes once a day what is too old. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether the host only logs what it would delete. Default false.</summary>
    public bool DryRun { get; set; }

    /// <summary>
    /// How many days after a person was last recognised by face, and the newest template was made, the person's templates are deleted.
    /// Default 1095, three years. Null: whatever their age, they stay while a consent is in force.
    /// </summary>
    [Range(1, RetentionPolicy.MaxDays)]
    public int? TemplateDays { get; set; } = RetentionPolicy.DefaultTemplateDays;

    /// <summary>After how many days attendance is deleted, by whole months. Null, the default: it is kept.</summary>
    [Range(1, RetentionPolicy.MaxDays)]
    public int? AttendanceDays { get; set; }

    /// <summary>The policy that these are.</summary>
    public RetentionPolicy ToPolicy() => new() { TemplateDays = TemplateDays, AttendanceDays = AttendanceDays };
}
