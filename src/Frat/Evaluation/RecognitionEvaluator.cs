namespace Frat;

/// <summary>
/// Measures how well an encoder, and the rules that FRAT decides by, recognise the people of a set of photos: 1:1 as the benchmark Labeled
/// Faces in the Wild does, and 1:N with strangers at the door, which is what an attendance system lives by.
/// </summary>
/// <remarks>Thread-safe. All processors are used. The same set, options and seed give the same results.</remarks>
public static class RecognitionEvaluator
{
    private const int MostAlike = 50;

    /// <summary>Compares photos 1:1.</summary>
    /// <param name="photos">The set.</param>
    /// <param name="encoder">The encoder that made the encodings.</param>
    /// <param name="folds">
    /// The pairs by which the accuracy is judged, in folds that share no person; null to draw some. The curve is always made of all pairs.
    /// </param>
    /// <param name="options">The rates, the seed; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or an encoding is of another encoder.</exception>
    public static VerificationEvaluation EvaluateVerification(
        IReadOnlyList<EvaluationPhoto> photos,
        FaceEncoderInfo encoder,
        IReadOnlyList<IReadOnlyList<EvaluationPair>>? folds = null,
        EvaluationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options = Check(photos, encoder, options);
        return new Verifier(Encoded(photos), encoder, options).Evaluate(folds, cancellationToken);
    }

    /// <summary>
    /// Enrols everybody with photos enough, and lets them and strangers come to the door: by the smallest distance to what each
    /// <see cref="TemplateFusion"/> makes of templates, and as a host decides, by a limit that the gallery finds for itself.
    /// </summary>
    /// <param name="photos">The set.</param>
    /// <param name="encoder">The encoder that made the encodings.</param>
    /// <param name="options">How many templates and frames, the rates, the seed; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A result for each rule; none where nobody has photos enough.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or an encoding is of another encoder.</exception>
    public static IReadOnlyList<IdentificationEvaluation> EvaluateIdentification(
        IReadOnlyList<EvaluationPhoto> photos,
        FaceEncoderInfo encoder,
        EvaluationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options = Check(photos, encoder, options);
        var draw = IdentificationDraw.Of(Encoded(photos), options);
        if (draw.Enrolled.Count == 0)
        {
            return [];
        }

        using var calibrated = new CalibratedRule(draw.Enrolled, encoder, options.Rates);
        return [.. Fusions(options).Select(fusion => new NearestRule(fusion, draw.Enrolled, encoder)).Append<IEvaluationRule>(calibrated)
            .Select(rule => Identifier.Evaluate(draw, rule, encoder.RecommendedMaxDistance, options, cancellationToken))];
    }

    /// <summary>
    /// Tells what a site's own gallery promises: its limit, how often its people are missed, as far as they have several templates, and who
    /// is too alike.
    /// </summary>
    /// <param name="store">Where the templates are.</param>
    /// <param name="encoder">The encoder; templates of others are left out.</param>
    /// <param name="options">How the host decides; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The result.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public static Task<GalleryEvaluation> EvaluateGalleryAsync(
        IEncodingStore store, FaceEncoderInfo encoder, RecognitionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(encoder);
        return new GalleryEvaluator(encoder, options ?? new RecognitionOptions()).EvaluateAsync(store, cancellationToken);
    }

    /// <summary>Names the people whom the encoder hardly tells apart: those whose means are nearer than its own threshold.</summary>
    /// <param name="photos">The set.</param>
    /// <param name="encoder">The encoder that made the encodings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Up to 50 pairs, the most alike first.</returns>
    public static IReadOnlyList<AlikePeople> FindAlike(
        IReadOnlyList<EvaluationPhoto> photos, FaceEncoderInfo encoder, CancellationToken cancellationToken = default)
    {
        Check(photos, encoder, null);
        var means = Encoded(photos).GroupBy(photo => photo.Person)
            .Select(person => (Name: person.Key, Mean: IdentificationDraw.MeanOf(person)))
            .OrderBy(person => person.Name, StringComparer.Ordinal).ToList();
        var alike = new PriorityQueue<AlikePeople, float>(); // The least alike first, to be dropped.
        for (var i = 0; i < means.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var j = i + 1; j < means.Count; j++)
            {
                var distance = encoder.Distance(means[i].Mean, means[j].Mean);
                if (distance <= encoder.RecommendedMaxDistance)
                {
                    alike.Enqueue(new AlikePeople { First = means[i].Name, Second = means[j].Name, Distance = distance }, -distance);
                    if (alike.Count > MostAlike)
                    {
                        alike.Dequeue();
                    }
                }
            }
        }

        return [.. alike.UnorderedItems.Select(item => item.Element).OrderBy(pair => pair.Distance)];
    }

    private static List<EvaluationPhoto> Encoded(IReadOnlyList<EvaluationPhoto> photos) =>
        [.. photos.Where(photo => photo.Encoding is not null)];

    // Of one template, all make the same.
    private static TemplateFusion[] Fusions(EvaluationOptions options) => options.TemplatesPerPerson == 1
        ? [TemplateFusion.Nearest]
        : [TemplateFusion.Nearest, TemplateFusion.Mean, TemplateFusion.Clusters];

    private static EvaluationOptions Check(IReadOnlyList<EvaluationPhoto> photos, FaceEncoderInfo encoder, EvaluationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(encoder);
        options ??= new EvaluationOptions();
        options.Check();
        if (photos.FirstOrDefault(photo => photo.Encoding is { } encoding && encoding.EncoderId != encoder.Id) is { } foreign)
        {
            throw new ArgumentException(
                $"{foreign.Name} was encoded by {foreign.Encoding!.EncoderId}, not by {encoder.Id}.", nameof(photos));
        }

        return options;
    }
}
