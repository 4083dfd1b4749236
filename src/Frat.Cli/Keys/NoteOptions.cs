using System.CommandLine;

namespace Frat.Cli.Keys;

/// <summary>Who changes the keys, and why: for the audit trail.</summary>
internal sealed class NoteOptions
{
    private readonly Option<string?> _by = TypedOptions.Text(
        "--by", "NAME", "Who does this: goes to the audit trail, for good.", Actor.MaxIdLength);
    private readonly Option<string?> _reason = TypedOptions.Text(
        "--reason", "TEXT", "Why: goes to the audit trail, for good.", AuditNote.MaxReasonLength);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_by);
        command.Add(_reason);
    }

    /// <summary>The note.</summary>
    public AuditNote Read(ParseResult parsed) => new()
    {
        By = parsed.GetValue(_by) is { } by ? Actor.Claimed(by) : Actor.Program("frat keys"),
        Reason = parsed.GetValue(_reason),
    };
}
