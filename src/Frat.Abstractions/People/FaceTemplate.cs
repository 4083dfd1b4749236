namespace Frat;

/// <summary>An encoding that a person is recognised by. Immutable.</summary>
/// <param name="Id">The template's id.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Encoding">The encoding.</param>
public sealed record FaceTemplate(Guid Id, Person Person, FaceEncoding Encoding);

/// <summary>An encoding to store. Immutable.</summary>
public sealed record NewTemplate
{
    /// <summary>The encoding.</summary>
    public required FaceEncoding Encoding { get; init; }

    /// <summary>How well the face could be seen; null when it isn't known.</summary>
    public FaceQuality? Quality { get; init; }

    /// <summary>Checks what every store has to check before it stores templates, of which there may be none.</summary>
    /// <param name="templates">The templates of one call.</param>
    /// <exception cref="ArgumentException">One is null or has no encoding, or they are of several encoders.</exception>
    public static void ThrowIfInvalid(IReadOnlyList<NewTemplate> templates)
    {
        ArgumentNullException.ThrowIfNull(templates);
        if (templates.Any(template => template?.Encoding is null))
        {
            throw new ArgumentException("No template is null, nor is its encoding.", nameof(templates));
        }

        if (templates.Count == 0)
        {
            return;
        }

        var first = templates[0].Encoding;
        if (templates.Any(template => template.Encoding.EncoderId != first.EncoderId || template.Encoding.Dimension != first.Dimension))
        {
            throw new ArgumentException("All templates of a call are of one encoder.", nameof(templates));
        }

        ArgumentChecks.CheckText(first.EncoderId, FaceEncoderInfo.MaxIdLength);
    }
}

/// <summary>What may be shown of a template: everything but the encoding. Immutable.</summary>
/// <param name="Id">The template's id.</param>
/// <param name="EncoderId">The encoder that made it.</param>
/// <param name="Quality">How well the face could be seen; null when it isn't known.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="CreatedBy">Who stored it; <c>unknown</c> where an older version of FRAT did.</param>
public sealed record TemplateInfo(Guid Id, string EncoderId, FaceQuality? Quality, DateTimeOffset CreatedAt, string CreatedBy);

/// <summary>A fact of the change stream: somebody's templates are no longer what they were.</summary>
/// <param name="Sequence">Rises with each change, in the order in which changes became visible.</param>
/// <param name="PersonId">
/// Whose templates to read again; when none are left, the person is unknown from now on. <see cref="Anybody"/>: read everybody again.
/// </param>
public sealed record TemplateChange(long Sequence, Guid PersonId)
{
    /// <summary>
    /// Who was forgotten so long ago that the store has not even the id any more. Only a reader that fell far behind meets it.
    /// </summary>
    public static Guid Anybody => Guid.Empty;
}
