namespace Frat;

/// <summary>Looks for somebody else with a like face.</summary>
internal sealed class LikeFaces(FaceGallery gallery, IdentificationRule rule, IEncodingStore encodings, IAuditTrail audit)
{
    /// <summary>The people near any of the templates, where a check-in would take one for the other, or not be sure.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="owner">Whose they are to be; null for somebody new.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The nearest first, <see cref="EnrollmentResult.MaxAlike"/> at most.</returns>
    public async Task<IReadOnlyList<DuplicateFace>> FindAsync(
        IReadOnlyList<NewTemplate> templates, Guid? owner, CancellationToken cancellationToken)
    {
        await gallery.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return [.. templates.SelectMany(template => gallery.Near(template.Encoding, EnrollmentResult.MaxAlike, owner))
            .Where(rule.MayBe)
            .GroupBy(score => score.Person.Id, (_, one) => one.MinBy(score => score.Distance)!)
            .OrderBy(score => score.Distance)
            .Take(EnrollmentResult.MaxAlike)
            .Select(score => new DuplicateFace { Person = score.Person, Distance = score.Distance })];
    }

    /// <summary>Finds the template that is near none of those that the person has.</summary>
    /// <returns>Its index; null where there is none, or the person has no templates.</returns>
    public async Task<int?> FindStrangerAsync(Guid personId, IReadOnlyList<NewTemplate> templates, CancellationToken cancellationToken)
    {
        var known = new List<FaceEncoding>();
        await foreach (var template in encodings.ReadAsync(templates[0].Encoding.EncoderId, personId, cancellationToken)
            .ConfigureAwait(false))
        {
            known.Add(template.Encoding);
        }

        return known.Count == 0
            ? null
            : templates.Index().Where(template => !known.Exists(one => rule.AreOne([one, template.Item.Encoding])))
                .Select(template => (int?)template.Index).FirstOrDefault();
    }

    /// <summary>Refuses for a like face. Before it is answered: anyone who asks whose a face is leaves a trace.</summary>
    public async Task<EnrollmentResult> RefuseAsync(
        IReadOnlyList<DuplicateFace> alike, AuditNote note, CancellationToken cancellationToken)
    {
        var refused = new AuditEvent { Action = AuditActions.DuplicateRefused, PersonId = alike[0].Person.Id, Note = note };
        await audit.AppendAsync(refused, cancellationToken).ConfigureAwait(false);
        return new EnrollmentResult { Outcome = EnrollmentOutcome.DuplicateFace, Alike = alike };
    }

    /// <summary>Leaves a trace of photos that were added although somebody has a like face.</summary>
    public Task AcceptAsync(DuplicateFace duplicate, Guid owner, DuplicateOverride given, CancellationToken cancellationToken)
    {
        var accepted = new AuditEvent
        {
            Action = AuditActions.DuplicateAccepted,
            PersonId = owner,
            New = duplicate.Person.Id.ToString(),
            Note = given.ToNote(),
        };
        return audit.AppendAsync(accepted, cancellationToken);
    }
}
