namespace Frat.AspNetCore;

/// <summary>Metadata of every endpoint of the package.</summary>
/// <param name="Id">The operation's id in an API document. No endpoint name, which only one endpoint of an application may have.</param>
/// <param name="Policy">Which of <see cref="FratPolicies"/> guards it where they are asked for.</param>
internal sealed record Operation(string Id, string Policy);

/// <summary>What an endpoint reads from a multipart form by itself, told to the API document.</summary>
internal sealed class FormBody(params FormField[] fields)
{
    public IReadOnlyList<FormField> Fields { get; } = fields;
}

/// <summary>A field of a <see cref="FormBody"/>.</summary>
internal sealed record FormField(
    string Name, string Description, bool IsFile = false, bool IsRequired = true, int? MaxLength = null, int? MaxCount = null);

/// <summary>A header that an endpoint reads by itself.</summary>
internal sealed record RequestHeader(string Name, string Description, int MaxLength);

/// <summary>A query parameter that an endpoint reads by itself.</summary>
internal sealed record QueryText(string Name, string Description, string? Format = null);
