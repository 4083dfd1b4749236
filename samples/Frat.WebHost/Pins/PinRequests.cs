namespace Frat.WebHost;

/// <summary>A PIN to set.</summary>
/// <param name="Pin">4 to 6 digits.</param>
/// <param name="By">Who does it, for the audit trail; only where nobody signs in.</param>
/// <param name="Reason">Why, for the audit trail.</param>
internal sealed record PinRequest(string? Pin, string? By, string? Reason);

/// <summary>What stands in the audit trail of a change.</summary>
/// <param name="By">Who does it; only where nobody signs in.</param>
/// <param name="Reason">Why.</param>
internal sealed record NoteRequest(string? By, string? Reason);

/// <summary>What there is to say of a person's PIN.</summary>
/// <param name="SetAt">When it was set.</param>
/// <param name="SetBy">The id of who set it.</param>
/// <param name="LockedUntil">Until when it is locked; null when it isn't.</param>
internal sealed record PinStateAnswer(DateTimeOffset SetAt, string SetBy, DateTimeOffset? LockedUntil);

/// <summary>A PIN that was made.</summary>
/// <param name="Pin">The digits, which are nowhere else.</param>
internal sealed record MadePinAnswer(string Pin);
