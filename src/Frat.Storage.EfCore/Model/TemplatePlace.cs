namespace Frat.Storage.EfCore;

/// <summary>What binds an encrypted template to its place: a blob that is moved elsewhere can't be opened there.</summary>
internal readonly record struct TemplatePlace(Guid TemplateId, Guid PersonId, string EncoderId, Guid ConsentId, DateTimeOffset CreatedAt);
