namespace Frat;

/// <inheritdoc/>
internal sealed class PeopleService(IPersonStore people, IConsentStore consents, IEncodingStore encodings, FaceGallery gallery)
    : IPeopleService
{
    public async Task<Person?> FindAsync(string? employeeId, CancellationToken cancellationToken = default)
    {
        var id = Person.Normalize(employeeId);
        return id.Length is 0 or > Person.MaxEmployeeIdLength ? null : await people.FindAsync(id, cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> RenameAsync(Guid personId, string name, AuditNote note, CancellationToken cancellationToken = default) =>
        FollowAsync(people.RenameAsync(personId, name, note, cancellationToken));

    public Task<EmployeeIdChange> ChangeEmployeeIdAsync(
        Guid personId, string employeeId, AuditNote note, CancellationToken cancellationToken = default) =>
        FollowAsync(people.ChangeEmployeeIdAsync(personId, employeeId, note, cancellationToken));

    public Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default) =>
        FollowAsync(people.SetActiveAsync(personId, active, note, cancellationToken));

    public Task<bool> SetWorkingDaysAsync(
        Guid personId, DateOnly? first, DateOnly? last, AuditNote note, CancellationToken cancellationToken = default) =>
        FollowAsync(people.SetWorkingDaysAsync(personId, first, last, note, cancellationToken));

    public Task<bool> RecordConsentAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default) =>
        FollowAsync(consents.RecordAsync(personId, consent, note, cancellationToken));

    public Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default) =>
        FollowAsync(consents.RevokeAsync(personId, note, cancellationToken));

    public async Task<bool> DeleteTemplateAsync(
        Guid personId, Guid templateId, AuditNote note, CancellationToken cancellationToken = default)
    {
        var templates = await encodings.ListAsync(personId, cancellationToken).ConfigureAwait(false);
        return templates.Any(template => template.Id == templateId)
            && await FollowAsync(encodings.DeleteAsync(templateId, note, cancellationToken)).ConfigureAwait(false);
    }

    public Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default) =>
        FollowAsync(people.ForgetAsync(personId, note, cancellationToken));

    private async Task<T> FollowAsync<T>(Task<T> change)
    {
        var changed = await change.ConfigureAwait(false);
        await gallery.CatchUpAsync().ConfigureAwait(false);
        return changed;
    }
}
