namespace Frat;

/// <summary>Somebody who is enrolled, with what is known of their templates and the latest consent.</summary>
internal sealed record PersonRecord(Person Person, IReadOnlyList<TemplateInfo> Templates, Consent? Consent);
