namespace Frat.WebHost;

/// <summary>
/// Changes after which somebody is to be recognised, or not to be recognised any more: before they are answered, this host's gallery knows of them. Others hear of
/// them within a second.
/// </summary>
internal sealed class PersonChanges(IEncodingStore store, FaceGallery gallery, ILogger<PersonChanges> logger)
{
    public Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken) =>
        ChangeAsync(store.SetActiveAsync(personId, active, note, cancellationToken));

    public Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken) =>
        ChangeAsync(store.RevokeAsync(personId, note, cancellationToken));

    public Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken) =>
        ChangeAsync(store.ForgetAsync(personId, note, cancellationToken));

    /// <summary>Deletes a template, where it is this person's.</summary>
    public async Task<bool> DeleteTemplateAsync(Guid personId, Guid templateId, AuditNote note, CancellationToken cancellationToken)
    {
        var templates = await store.ListTemplatesAsync(personId, cancellationToken);
        return templates.Any(template => template.Id == templateId) && await ChangeAsync(store.DeleteTemplateAsync(templateId, note, cancellationToken));
    }

    private async Task<bool> ChangeAsync(Task<bool> change)
    {
        var changed = await change;
        try
        {
            // It is done: whoever gives up now must not leave the gallery behind.
            await gallery.RefreshAsync(CancellationToken.None);
        }
        catch (EncodingStoreException exception)
        {
            logger.ChangedBeforeTheGallery(exception); // It follows, as it follows what other hosts do.
        }

        return changed;
    }
}
