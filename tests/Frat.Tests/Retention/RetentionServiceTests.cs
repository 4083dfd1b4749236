using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Tests.Retention;

public sealed class RetentionServiceTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);
    private readonly RecordedLog _log = new();
    private readonly BackgroundProblems _problems = new(TimeProvider.System);
    private readonly RetentionOptions _options = new() { TemplateDays = 30, AttendanceDays = 400, DryRun = true };
    private readonly RecordedRetention _retention;
    private ServiceProvider? _services;
    private RetentionService? _service;

    public RetentionServiceTests() => _retention = new(_time);

    public void Dispose()
    {
        _service?.Dispose();
        _problems.Dispose();
        _services?.Dispose();
    }

    [Fact]
    public async Task ExecuteAsync_AStore_IsAskedSoonAndThenDaily()
    {
        await StartAsync();

        var first = await NextAsync();
        var second = await NextAsync();

        (first.Policy, first.DryRun).ShouldBe((new RetentionPolicy { TemplateDays = 30, AttendanceDays = 400 }, true));
        (first.At - Start).ShouldBeInRange(RetentionService.FirstDelay, TimeSpan.FromHours(1));
        (second.At - first.At).ShouldBeInRange(RetentionService.Interval, TimeSpan.FromHours(26));
        await StopAsync();
        _log.Lines.ShouldAllBe(
            line => line.Level == LogLevel.Information && line.Text.StartsWith("Would delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExecuteAsync_AStoreThatFails_IsAskedAgainAnHourLater()
    {
        _options.DryRun = false;
        _retention.Failures = 1;
        await StartAsync();

        var first = await NextAsync();
        var second = await NextAsync();

        (second.At - first.At).ShouldBeInRange(RetentionService.RetryDelay, TimeSpan.FromHours(3));
        await StopAsync();
        _service!.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        var line = _log.Lines.ShouldHaveSingleItem("what deleted nothing says nothing");
        line.Level.ShouldBe(LogLevel.Warning);
        line.Exception.ShouldBeOfType<EncodingStoreException>();
    }

    [Fact]
    public async Task ExecuteAsync_TurnedOffOrAStoreThatCannot_EndsAtOnce()
    {
        _options.Enabled = false;
        await StartAsync();
        await _service!.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));
        _service.Dispose();
        await _services!.DisposeAsync();
        _options.Enabled = true;
        await StartAsync(hasStore: false);
        await _service.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));

        _retention.Calls.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(RetentionPolicy.MaxDays + 1, null)]
    [InlineData(null, 0)]
    public void AddFrat_DaysOutOfBounds_AreRefused(int? templateDays, int? attendanceDays)
    {
        var services = new ServiceCollection();
        services.AddFrat();
        services.Configure<RetentionOptions>(options => (options.TemplateDays, options.AttendanceDays) = (templateDays, attendanceDays));
        using var provider = services.BuildServiceProvider();

        Should.Throw<OptionsValidationException>(
            () => provider.GetRequiredService<IOptions<RetentionOptions>>().Value).Message.ShouldContain("Days");
    }

    [Fact]
    public async Task AddFrat_WithAStore_DeletesTemplatesByItself()
    {
        await using var host = await FratHost.StartAsync();
        var store = host.Get<IEncodingStore>();
        var consent = host.Consent() with { ExpiresAt = host.Time.GetUtcNow().AddDays(10) };
        var template = new NewTemplate { Encoding = new FaceEncoding("another encoder", new float[128]) };
        var person = (await store.EnrollAsync(
            new Frat.Enrollment
            {
                EmployeeId = "E-1", Name = "Ada", Templates = [template], Consent = consent, Note = FratHost.Note
            })).Person;

        // Day by day, as time goes: a jump deletes nothing.
        await UntilAsync(host.Time, async () => (await store.ListTemplatesAsync(person.Id)).Count == 0, TimeSpan.FromHours(1));

        host.Time.GetUtcNow().ShouldBeGreaterThan(consent.ExpiresAt.Value);
    }

    [Fact]
    public async Task ExecuteAsync_StoreRefuses_IsAProblemUntilARunHasNothingInItsWay()
    {
        _retention.Refusal = "The clock jumped.";
        await StartAsync();

        await NextAsync();
        await UntilAsync(_time, () => Task.FromResult(_problems.Current is [{ Work: "retention", Problem: "The clock jumped." }]));
        _retention.Refusal = null;
        await UntilAsync(_time, () => Task.FromResult(_problems.Current.Count == 0), TimeSpan.FromHours(1));
        await StopAsync();
    }

    private async Task StartAsync(bool hasStore = true)
    {
        var services = new ServiceCollection();
        _services = hasStore ? services.AddSingleton<IRetention>(_retention).BuildServiceProvider() : services.BuildServiceProvider();
        _service = new RetentionService(_services, Options.Create(_options), _time, _problems, _log);
        await _service.StartAsync(CancellationToken.None);
    }

    private Task StopAsync() => _service!.StopAsync(CancellationToken.None);

    private async Task<Call> NextAsync()
    {
        Call? call = null;
        await UntilAsync(_time, () => Task.FromResult(_retention.Calls.Reader.TryRead(out call)));
        return call!;
    }

    /// <summary>Lets the test's time go on by minutes, and real time by as little as it takes.</summary>
    private static async Task UntilAsync(FakeTimeProvider time, Func<Task<bool>> isReached, TimeSpan? step = null)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await isReached())
        {
            time.Advance(step ?? TimeSpan.FromMinutes(5));
            await Task.Delay(2, timeout.Token);
        }
    }

    private sealed record Call(RetentionPolicy Policy, bool DryRun, DateTimeOffset At);

    private sealed class RecordedRetention(TimeProvider time) : IRetention
    {
        public Channel<Call> Calls { get; } = Channel.CreateUnbounded<Call>();

        public int Failures { get; set; }

        public string? Refusal { get; set; }

        public Task<RetentionReport> ApplyAsync(RetentionPolicy policy, bool dryRun = false, CancellationToken cancellationToken = default)
        {
            Calls.Writer.TryWrite(new(policy, dryRun, time.GetUtcNow()));
            return Failures-- > 0
                ? throw new EncodingStoreException("Apply", isTransient: true, "The store is away.")
                : Task.FromResult(new RetentionReport { DryRun = dryRun, Refusal = Refusal });
        }
    }

    private sealed class RecordedLog : ILogger<RetentionService>
    {
        public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception), exception));
    }
}
