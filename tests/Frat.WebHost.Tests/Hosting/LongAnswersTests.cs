using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>Who reads slowly, or asks for many reports at once, takes neither the memory nor the database from the door.</summary>
public sealed class LongAnswersTests : IClassFixture<TestHost>
{
    private static readonly RemoteAddress[] Addresses = [
        .. Enumerable.Range(1, 4).Select(i => RemoteAddress.Of(IPAddress.Parse($"192.0.2.{i}")))
    ];

    private readonly TestHost _host;

    public LongAnswersTests(TestHost host) => _host = host;

    [Fact]
    public async Task Enter_OfOneAddress_LeavesTurnsForOthersAndLetsTheNextInWhenOneLeaves()
    {
        using var answers = ActivatorUtilities.CreateInstance<LongAnswers>(_host.Services);
        var turns = new List<IDisposable>();
        for (var i = 0; i < LongAnswers.AtOnceForAddress; i++)
        {
            turns.Add((await answers.EnterAsync(Addresses[0], CancellationToken.None)).ShouldNotBeNull());
        }

        var next = answers.EnterAsync(Addresses[0], CancellationToken.None).AsTask();
        var other = await answers.EnterAsync(Addresses[1], CancellationToken.None);

        other.ShouldNotBeNull();
        next.IsCompleted.ShouldBeFalse();
        turns[0].Dispose();
        (await next).ShouldNotBeNull();
    }

    [Fact]
    public async Task Enter_OfManyAddresses_LetsNoMoreInThanAllMayHave()
    {
        using var answers = ActivatorUtilities.CreateInstance<LongAnswers>(_host.Services);

        var entering = Addresses.SelectMany(address => Enumerable.Repeat(address, LongAnswers.AtOnceForAddress))
            .Select(address => answers.EnterAsync(address, CancellationToken.None).AsTask()).ToList();

        entering.Count(turn => turn.IsCompletedSuccessfully && turn.Result is not null).ShouldBe(LongAnswers.AtOnce);
        while (entering.Count > 0) // One after the other, all get in.
        {
            var turn = await Task.WhenAny(entering);
            entering.Remove(turn);
            (await turn).ShouldNotBeNull().Dispose();
        }
    }

    [Fact]
    public async Task Enter_TooManyOfOneAddressWait_RefusesAtOnceAndForgetsWhoGivesUp()
    {
        using var answers = ActivatorUtilities.CreateInstance<LongAnswers>(_host.Services);
        using var patience = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, LongAnswers.AtOnceForAddress + LongAnswers.MaxWaitingOfAddress)
            .Select(_ => answers.EnterAsync(Addresses[0], patience.Token).AsTask()).ToList();

        (await answers.EnterAsync(Addresses[0], CancellationToken.None)).ShouldBeNull();

        await patience.CancelAsync();
        foreach (var turn in waiting.Skip(LongAnswers.AtOnceForAddress))
        {
            await Should.ThrowAsync<OperationCanceledException>(turn);
        }

        answers.EnterAsync(Addresses[0], CancellationToken.None).AsTask().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task AnyLongAnswer_TooManyAreRead_IsRefusedUntilOneEnds()
    {
        (string Method, string Path)[] calls =
        [
            ("GET", "/api/v1/audit"), ("GET", "/api/v1/people"), ("GET", "/api/v1/attendance"), ("GET", "/api/v1/reports/day"),
            ("GET", "/api/v1/reports/month?format=csv"), (
                "GET", "/api/v1/reports/punches?format=xlsx"), ("GET", "/api/v1/reports/person?employeeId=L-1"),
            ("POST", "/api/v1/people/L-1/export"),
        ];
        await _host.Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment
            {
                EmployeeId = "L-1", Name = "Ada", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
        using var client = _host.CreateClient();
        var answers = _host.Services.GetRequiredService<LongAnswers>();
        var entering = Enumerable.Range(0, LongAnswers.AtOnce + LongAnswers.MaxWaiting)
            .Select(_ => answers.EnterAsync(default, CancellationToken.None).AsTask()).ToList();

        foreach (var (method, path) in calls)
        {
            using var refused = await CallAsync(method, path);
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("busy");
        }

        foreach (var turn in entering)
        {
            (await turn).ShouldNotBeNull().Dispose();
        }

        // Each turn is given back.
        foreach (var (method, path) in calls.SelectMany(call => Enumerable.Repeat(call, LongAnswers.AtOnce + 1)))
        {
            using var answer = await CallAsync(method, path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            await answer.Content.ReadAsByteArrayAsync();
        }

        Task<HttpResponseMessage> CallAsync(string method, string path) =>
            client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = method == "POST" ? JsonContent.Create(new { by = "hr" }) : null,
            });
    }
}
