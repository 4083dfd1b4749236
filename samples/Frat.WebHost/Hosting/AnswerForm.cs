namespace Frat.WebHost;

/// <summary>In which form a caller understands what went wrong.</summary>
internal enum AnswerForm
{
    /// <summary>A page for a person.</summary>
    Page,

    /// <summary>Problem details (RFC 9457).</summary>
    Problem,

    /// <summary>The original application's <c>{"status", "message"}</c>.</summary>
    Original,
}

/// <summary>Tells the form by the path, so that it is known before an endpoint is chosen and when there is none.</summary>
internal static class AnswerForms
{
    public static AnswerForm Of(PathString path) =>
        path.Equals(OriginalApi.RegisterPath) || path.Equals(OriginalApi.AttendancePath) ? AnswerForm.Original
        : path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/health") ? AnswerForm.Problem
        : AnswerForm.Page;
}
