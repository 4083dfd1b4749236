namespace Frat.Cli.Import;

/// <summary>
/// A row of the original's table <c>user</c>, as text and bytes; what is longer than it can be is cut, so that memory stays bounded.
/// </summary>
/// <param name="Id">The row's id.</param>
/// <param name="EmployeeId">As it was typed.</param>
/// <param name="Name">As it was typed.</param>
/// <param name="EmbeddingLength">Bytes of the encoding; null where there is none.</param>
/// <param name="Embedding">The encoding; null where there is none, or where it is far too long, or no bytes.</param>
internal sealed record FlaskUser(long Id, string? EmployeeId, string? Name, long? EmbeddingLength, byte[]? Embedding);

/// <summary>A row of the original's table <c>attendance</c>, as text.</summary>
internal sealed record FlaskAttendance(long Id, long? UserId, string? Date, string? Time, string? Status);
