using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Frat.AspNetCore.Tests.Applications;

/// <summary>Of another kind: JSON, errors and a base path of its own, and FRAT's endpoints in it twice and in parts.</summary>
public sealed class OtherApplication : IAsyncLifetime, IDisposable
{
    public const string OwnFailure = "The application's own words.";

    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;

    public IServiceProvider Services => _app!.Services;

    public HttpClient CreateClient() => _app!.GetTestClient();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        builder.Services.AddOpenApi(options => options.AddFrat());
        builder.Services.AddFrat().UseDlib().UseSqlite($"Data Source={_folder.File("frat.db")}");
        builder.Services.AddFratEndpoints();
        builder.Services.AddHealthChecks().AddFrat();
        FaultyPeople.Wrap(builder.Services);
        _app = builder.Build();
        _app.UseExceptionHandler(errors => errors.Run(context => context.Response.WriteAsync(OwnFailure)));
        _app.UsePathBase("/base");
        _app.UseRouting();
        _app.MapGet("/own", () => TypedResults.Ok(new { TheAnswer = 42, TheDay = DayOfWeek.Monday })).WithName("own");
        _app.MapGet("/own/link", (LinkGenerator links) => links.GetPathByName("own"));
        _app.MapGet("/own/failure", Fail);
        _app.MapFrat("/{tenant}/frat");
        _app.MapFrat("/again");
        _app.MapFratCheckIns("/kiosk");
        _app.MapHealthChecks("/health");
        _app.MapOpenApi();
        await _app.StartAsync();
        await Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment
            {
                EmployeeId = "7", Name = "Ada", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private static string Fail() => throw new InvalidOperationException("secret");
}

/// <summary>One application for all tests that don't mind who else is registered.</summary>
[CollectionDefinition(Name)]
public sealed class SharedApplication : ICollectionFixture<OtherApplication>
{
    public const string Name = "Other application";
}

/// <summary>The store as it is, but for two people, with whom it fails.</summary>
public class FaultyPeople : DispatchProxy
{
    private IPersonStore _people = null!;

    public static void Wrap(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IPersonStore));
        services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var faulty = Create<IPersonStore, FaultyPeople>();
            ((FaultyPeople)(object)faulty)._people = (IPersonStore)(real.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!));
            return faulty;
        }));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => args switch
    {
        ["unavailable", ..] => throw new StoreException("Find", isTransient: true, "secret"),
        ["unforeseen", ..] => throw new InvalidOperationException("secret"),
        _ => targetMethod!.Invoke(_people, args),
    };
}
