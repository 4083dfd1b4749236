using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Frat.AspNetCore.Tests.Events;

/// <summary>A client of the stream of events, as a browser's EventSource is.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _limit = new(Patience);
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventStream(HttpClient client, HttpResponseMessage response, Stream body)
    {
        (_client, _response) = (client, response);
        _items = SseParser.Create(body).EnumerateAsync(_limit.Token).GetAsyncEnumerator(_limit.Token);
    }

    public HttpResponseMessage Response => _response;

    /// <summary>The id of the last event that had one, which a browser sends when it connects again.</summary>
    public string? LastEventId { get; private set; }

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<EventStream> OpenAsync(HttpClient client, string? lastEventId)
    {
        var response = await SendAsync(client, lastEventId);
        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventStream(client, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Waits for the next event.</summary>
    public async Task<SseItem<string>> NextAsync() =>
        await TryNextAsync() ?? throw new InvalidOperationException("The stream is over.");

    /// <summary>Waits for the next event; null at the end.</summary>
    public async Task<SseItem<string>?> TryNextAsync()
    {
        if (!await _items.MoveNextAsync())
        {
            return null;
        }

        LastEventId = _items.Current.EventId is { Length: > 0 } id ? id : LastEventId;
        return _items.Current;
    }

    /// <summary>The next event that is no heartbeat: its type, and the id in its data.</summary>
    public async Task<(string Type, Guid Id, JsonNode Data)> NextChangeAsync()
    {
        SseItem<string> item;
        do
        {
            item = await NextAsync();
        }
        while (item.EventType == "heartbeat");
        var data = JsonNode.Parse(item.Data)!;
        return (item.EventType, data["id"] is { } id ? Guid.Parse(id.ToString()) : default, data);
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose(); // First: it is what ends a read.
        await _limit.CancelAsync();
        await _items.DisposeAsync();
        _client.Dispose();
        _limit.Dispose();
    }
}
