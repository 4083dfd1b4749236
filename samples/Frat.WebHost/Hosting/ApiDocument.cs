using Microsoft.OpenApi;

namespace Frat.WebHost;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>: the API and the original application's calls.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
    {
        options.AddFrat();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "FRAT",
                Version = "v1",
                Description = "Attendance by facial recognition. Failures of the API are problem details (RFC 9457) with a stable "
                    + "`code`; "
                    + "the calls of the original application answer in its own form.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
    });
}
