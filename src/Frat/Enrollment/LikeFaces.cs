namespace Frat;

/// <summary>Looks for somebody else with a like face.</summary>
internal sealed class LikeFaces(FaceGallery gallery, IdentificationRule rule, IEncodingStore encodings, IAuditTrail audit)
{
    /// <summary>The nearest person to any of the templates, where a check-in would take one for the other.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="owner">Whose they are to be; null for somebody new.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task<DuplicateFace?> FindAsync(
        IReadOnlyList<NewTemplate> templates, Guid? owner, CancellationToken cancellationToken)
    {
        await gallery.RefreshAsync(cancellationToken).ConfigureAwait(false);
        DuplicateFace? nearest = null;
        foreach (var template in templates)
        {
            var match = await gallery.FindNearestAsync(template.Encoding, owner, cancellationToken).ConfigureAwait(false);
            if (match is { } found && rule.IsNear(found.Distance) && !(found.Distance >= nearest?.Distance))
            {
                nearest = new DuplicateFace { Person = found.Person, Distance = found.Distance };
            }
        }

        return nearest;
    }

    /// <summary>Whether each of the templates is near one of those that the person has; true where there are none.</summary>
    public async Task<bool> AreOfAsync(Guid personId, IReadOnlyList<NewTemplate> templates, CancellationToken cancellationToken)
    {
        var known = new List<FaceEncoding>();
        await foreach (var template in encodings.ReadAsync(templates[0].Encoding.EncoderId, personId, cancellationToken)
            .ConfigureAwait(false))
        {
            known.Add(template.Encoding);
        }

        return known.Count == 0 || templates.All(template => known.Exists(one => rule.AreOne([one, template.Encoding])));
    }

    /// <summary>Refuses for a like face. Before it is answered: anyone who asks whose a face is leaves a trace.</summary>
    public async Task<EnrollmentResult> RefuseAsync(DuplicateFace duplicate, AuditNote note, CancellationToken cancellationToken)
    {
        var refused = new AuditEvent { Action = AuditActions.DuplicateRefused, PersonId = duplicate.Person.Id, Note = note };
        await audit.AppendAsync(refused, cancellationToken).ConfigureAwait(false);
        return new EnrollmentResult { Outcome = EnrollmentOutcome.DuplicateFace, Duplicate = duplicate };
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
