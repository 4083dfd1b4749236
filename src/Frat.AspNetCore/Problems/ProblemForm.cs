using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Frat.AspNetCore;

/// <summary>Metadata of an endpoint whose callers understand another form than problem details.</summary>
/// <param name="Write">Writes a problem in that form.</param>
internal sealed record ProblemForm(Func<FratProblem, HttpContext, Task> Write);

/// <summary>Problem details, as the wire has them.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class ProblemJson : JsonSerializerContext;
