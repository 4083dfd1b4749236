using Microsoft.Playwright;

namespace Frat.WebHost.Tests.Browser;

/// <summary>Playwright's driver, started once. It comes with the NuGet package; its own browsers are never downloaded.</summary>
public sealed class BrowserDriver : IAsyncLifetime
{
    private IPlaywright? _playwright;

    internal IPlaywright Playwright => _playwright ?? throw new InvalidOperationException("The driver is not started.");

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(60_000); // An expectation is met at once on a free machine; a busy one only takes longer.
        _playwright = await Microsoft.Playwright.Playwright.CreateAsync();
    }

    public Task DisposeAsync()
    {
        _playwright?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Browser tests run one after another: each has a host, a browser and a camera of its own.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserDriver>
{
    public const string Name = "Browser";
}
