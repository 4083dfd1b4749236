namespace Frat;

/// <summary>What came of giving somebody another employee ID.</summary>
public enum EmployeeIdChange
{
    /// <summary>The person has the ID, from now on or already.</summary>
    Changed,

    /// <summary>Somebody else has the ID; nothing was changed.</summary>
    Taken,

    /// <summary>There is no such person.</summary>
    NotFound,
}
