using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frat.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Describes FRAT's endpoints in the API document of an application.</summary>
public static class FratOpenApiOptionsExtensions
{
    /// <summary>
    /// Adds to a document what the framework can't see of FRAT's endpoints: forms, headers, query parameters, the meaning of each status,
    /// and the names that their JSON has, whatever the application's own settings are. The application's other endpoints stay as they are.
    /// </summary>
    /// <param name="options">The options of a document: <c>services.AddOpenApi(options => options.AddFrat())</c>.</param>
    /// <returns>The same options.</returns>
    public static OpenApiOptions AddFrat(this OpenApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<Operation>().LastOrDefault() is { } named)
            {
                operation.OperationId ??= named.Id;
                Describe(operation, [.. metadata]);
            }

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

            if (context.JsonTypeInfo.Type.Assembly == typeof(Operation).Assembly)
            {
                NameAsOnTheWire(schema, context.JsonTypeInfo);
            }

            return Task.CompletedTask;
        });
        return options;
    }

    // The framework takes the application's settings for all JSON; that of FRAT's endpoints doesn't follow them.
    private static void NameAsOnTheWire(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName((property.AttributeProvider as MemberInfo)?.Name ?? property.Name);
            if (name != property.Name && schema.Properties?.Remove(property.Name, out var described) == true)
            {
                schema.Properties[name] = described;
                if (schema.Required?.Remove(property.Name) == true)
                {
                    schema.Required.Add(name);
                }
            }
        }
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
        409 => "It contradicts what is there: the employee ID is taken, or somebody has a like face; `code` says what.",
        411 => "The upload has no Content-Length.",
        413 => "The image, or the whole upload, is too large.",
        415 => "The body is not of the type that this address takes.",
        422 => "What was sent was understood, and is refused; `code` says why.",
        500 => "Something failed on the host's side; its log says why.",
        503 => "The host is busy, or its database or models can't be reached. Nothing was recorded; try again later.",
        _ => "",
    };
}
