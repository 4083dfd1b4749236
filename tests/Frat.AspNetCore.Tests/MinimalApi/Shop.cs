using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Frat.AspNetCore.Tests.MinimalApi;

/// <summary>samples/MinimalApi as it is, with the real engine and models, on two empty databases.</summary>
public sealed class Shop : WebApplicationFactory<Program>
{
    public const string Password = "correct horse battery staple";

    private readonly TemporaryFolder _folder = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Shop", $"Data Source={_folder.File("shop.db")}");
        builder.UseSetting("ConnectionStrings:Attendance", $"Data Source={_folder.File("attendance.db")}");
        builder.UseSetting("FirstPassword", Password);
    }

    /// <summary>A client with the cookie of a user, or with none.</summary>
    public async Task<HttpClient> ClientOfAsync(string? user)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (user is not null)
        {
            using var signedIn = await client.PostAsJsonAsync("/login", new { Name = user, Password });
            signedIn.EnsureSuccessStatusCode();
        }

        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
