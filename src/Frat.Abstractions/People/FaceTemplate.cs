namespace Frat;

/// <summary>An encoding that a person is recognised by. Immutable.</summary>
public sealed record FaceTemplate
{
    /// <summary>The template's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Person Person { get; init; }

    /// <summary>The encoding.</summary>
    public required FaceEncoding Encoding { get; init; }
}

/// <summary>An encoding to store. Immutable.</summary>
public sealed record NewTemplate
{
    /// <summary>The encoding.</summary>
    public required FaceEncoding Encoding { get; init; }

    /// <summary>How well the face could be seen; null when it isn't known.</summary>
    public FaceQuality? Quality { get; init; }

    /// <summary>How the encoding was made, by <see cref="FaceEncoderInfo.Way"/>; null, the default, where that isn't known.</summary>
    public string? Way { get; init; }

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

        if (templates.Any(template => template.Way is { } way && !FaceEncoderInfo.IsWay(way)))
        {
            throw new ArgumentException(
                $"A way has 1 to {FaceEncoderInfo.MaxWayLength} ASCII letters, digits and the signs +-_.", nameof(templates));
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
public sealed record TemplateInfo
{
    /// <summary>The template's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The encoder that made it.</summary>
    public required string EncoderId { get; init; }

    /// <summary>How well the face could be seen; null when it isn't known.</summary>
    public FaceQuality? Quality { get; init; }

    /// <summary>How the encoding was made, by <see cref="FaceEncoderInfo.Way"/>; null where that isn't known.</summary>
    public string? Way { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who stored it.</summary>
    public required Actor CreatedBy { get; init; }

    /// <summary>What this template is to an encoder. Whether moved copies were averaged doesn't count.</summary>
    /// <param name="encoder">The encoder that a host recognises with.</param>
    /// <returns>Whether the person needs new photos for its sake.</returns>
    public TemplateStanding StandingFor(FaceEncoderInfo encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return EncoderId != encoder.Id ? TemplateStanding.OtherEncoder
            : WithoutJitter(Way) == WithoutJitter(encoder.Way) ? TemplateStanding.Current
            : TemplateStanding.OlderWay;

        static string? WithoutJitter(string? way) => way?.Split('+')[0];
    }
}

/// <summary>What a template is to a host's encoder.</summary>
public enum TemplateStanding
{
    /// <summary>It was made as the encoder makes encodings now.</summary>
    Current,

    /// <summary>
    /// It was made in another way of the same encoder: the person is recognised by it, less surely than by a new one. So is a template of
    /// which the way isn't known.
    /// </summary>
    OlderWay,

    /// <summary>Another encoder made it: the person isn't recognised by it.</summary>
    OtherEncoder,
}

/// <summary>A fact of the change stream: somebody's templates are no longer what they were.</summary>
public sealed record TemplateChange
{
    /// <summary>Rises with each change, in the order in which changes became visible.</summary>
    public required long Sequence { get; init; }

    /// <summary>
    /// Whose templates to read again; when none are left, the person is unknown from now on. <see cref="Anybody"/>: read everybody again.
    /// </summary>
    public required Guid PersonId { get; init; }

    /// <summary>
    /// Who was forgotten so long ago that the store has not even the id any more. Only a reader that fell far behind meets it.
    /// </summary>
    public static Guid Anybody => Guid.Empty;
}
