namespace Frat;

/// <summary>An encoding that a person is recognised by. Immutable.</summary>
/// <param name="Id">The template's id.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Encoding">The encoding.</param>
public sealed record FaceTemplate(Guid Id, Person Person, FaceEncoding Encoding);

/// <summary>A fact of the change stream: somebody's templates are no longer what they were.</summary>
/// <param name="Sequence">Rises with each change, in the order in which changes became visible.</param>
/// <param name="PersonId">Whose templates to read again; when none are left, the person is unknown from now on.</param>
public sealed record TemplateChange(long Sequence, Guid PersonId);
