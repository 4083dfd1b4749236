namespace Frat.Cli.Import;

/// <summary>What came of the rows of one table.</summary>
internal sealed class ImportCounts
{
    public long Read { get; set; }

    public long New { get; set; }

    public long There { get; set; }

    public long LeftOut { get; set; }
}

/// <summary>Something about a row that the user should know.</summary>
/// <param name="Table">The original's table.</param>
/// <param name="Id">The row's id there.</param>
/// <param name="Who">The employee ID, where it is known.</param>
/// <param name="Text">What is the matter, as the end of a sentence about the row.</param>
internal sealed record ImportNote(string Table, long Id, string? Who, string Text);

/// <summary>What an import came to.</summary>
internal sealed class ImportReport
{
    // A source whose every row is bad must not fill the memory.
    private const int MaxNotes = 100_000;

    private readonly List<ImportNote> _leftOut = [];
    private readonly List<ImportNote> _notes = [];

    public ImportCounts People { get; } = new();

    public ImportCounts Attendance { get; } = new();

    /// <summary>People who came, but can't be recognised until they register a photo.</summary>
    public long WithoutTemplate { get; set; }

    /// <summary>People without any attendance.</summary>
    public long WithoutAttendance { get; set; }

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<ImportNote> LeftOut => _leftOut;

    /// <summary>What was brought over otherwise than it is there, or differs from what FRAT has.</summary>
    public IReadOnlyList<ImportNote> Notes => _notes;

    /// <summary>How many of each were not kept.</summary>
    public (long LeftOut, long Notes) NotKept { get; private set; }

    public bool IsComplete => People.LeftOut + Attendance.LeftOut == 0;

    public void LeaveOut(string table, long id, string? who, string why)
    {
        (table == FlaskImport.UserTable ? People : Attendance).LeftOut++;
        if (_leftOut.Count < MaxNotes)
        {
            _leftOut.Add(new ImportNote(table, id, who, why));
        }
        else
        {
            NotKept = (NotKept.LeftOut + 1, NotKept.Notes);
        }
    }

    public void Note(string table, long id, string? who, string text)
    {
        if (_notes.Count < MaxNotes)
        {
            _notes.Add(new ImportNote(table, id, who, text));
        }
        else
        {
            NotKept = (NotKept.LeftOut, NotKept.Notes + 1);
        }
    }
}
