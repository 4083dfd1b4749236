using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Frat.WebHost;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>: the API and the original application's calls.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddApiJson();
        builder.Services.AddOpenApi("v1", options =>
        {
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
            options.AddOperationTransformer((operation, context, _) =>
            {
                Describe(operation, [.. context.Description.ActionDescriptor.EndpointMetadata]);
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type.IsAssignableTo(typeof(ProblemDetails)))
                {
                    schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
                    schema.Properties["code"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Description = "What went wrong, as a name that does not change: for programs.",
                    };
                }

                return Task.CompletedTask;
            });
        });
    }

    private static void Describe(OpenApiOperation operation, IReadOnlyList<object> metadata)
    {
        if (metadata.OfType<FormBody>().SingleOrDefault() is { } form)
        {
            operation.RequestBody = ToRequestBody(form);
        }

        foreach (var header in metadata.OfType<RequestHeader>())
        {
            Add(
                operation,
                header.Name,
                ParameterLocation.Header,
                header.Description,
                new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = header.MaxLength });
        }

        foreach (var text in metadata.OfType<QueryText>())
        {
            Add(
                operation,
                text.Name,
                ParameterLocation.Query,
                text.Description,
                new OpenApiSchema { Type = JsonSchemaType.String, Format = text.Format });
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            response.Description = Meaning(int.Parse(status, CultureInfo.InvariantCulture));
        }
    }

    private static void Add(OpenApiOperation operation, string name, ParameterLocation location, string description, OpenApiSchema schema)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = location, Description = description, Schema = schema });
    }

    private static OpenApiRequestBody ToRequestBody(FormBody form) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = form.Fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => ToSchema(field)),
                    Required = form.Fields.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet(),
                },
            },
        },
    };

    private static OpenApiSchema ToSchema(FormField field)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Format = field.IsFile ? "binary" : null,
            MinLength = field is { IsFile: false, IsRequired: true } ? 1 : null,
            MaxLength = field.MaxLength,
        };
        if (field.MaxCount is { } count)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Array, Description = field.Description, Items = schema, MinItems = 1, MaxItems = count
            };
        }

        schema.Description = field.Description;
        return schema;
    }

    private static string Meaning(int status) => status switch
    {
        200 => "The result.",
        201 => "It is recorded, and holds from now on: a person is recognised.",
        204 => "It is deleted.",
        400 => "Something that was sent is missing, malformed, or no image that can be read.",
        403 => "This is turned off.",
        404 => "There is no such person, or nothing of theirs at this address.",
        408 => "The upload did not arrive in time.",
        409 => "The employee ID is taken, or somebody has a like face.",
        411 => "The upload has no Content-Length.",
        413 => "The image, or the whole upload, is too large.",
        415 => "The body is not of the type that this address takes.",
        422 => "What was sent was understood, and is refused; `code` says why.",
        500 => "Something failed on the host's side; its log says why.",
        503 => "The host is busy, or its database or models can't be reached. Nothing was recorded; try again later.",
        _ => "",
    };
}
