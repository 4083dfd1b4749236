using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost;

/// <summary>The calls of the page at the door. A device may make these, and nothing else.</summary>
internal static class KioskEndpoints
{
    private const int MaxKeptBytes = KioskVisit.MaxFrames * (KioskVisit.MaxPictureBytes + sizeof(int));

    /// <summary>Changes with each build, and so with each change of the page.</summary>
    public static string Version { get; } = typeof(KioskEndpoints).Module.ModuleVersionId.ToString("N")[..12];

    public static void AddKiosk(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KioskOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KioskVisits>();
        services.AddSingleton<KioskUndo>();
        services.AddScoped<KioskAnswers>();
        services.AddScoped<KioskWatch>();
        services.AddScoped<KioskDesk>();
        services.AddSingleton<IWarmUp, KioskWarmUp>();
    }

    public static void MapKiosk(this WebApplication app)
    {
        var calls = app.MapGroup(Addresses.KioskCalls).RequireAuthorization(Permissions.Kiosk).ExcludeFromDescription();
        calls.AddEndpointFilter(async (call, next) =>
            KioskDesk.DeviceOf(call.HttpContext).Site is { } site
            && !call.HttpContext.RequestServices.GetRequiredService<SiteClock>().Sites.Contains(site, StringComparer.OrdinalIgnoreCase)
                ? KioskProblems.SiteIsGone
                : await next(call));
        calls.MapPost("/look", LookAsync).WithMetadata(new RequestSizeLimitAttribute(KioskVisit.MaxPictureBytes));
        calls.MapPost("/kept", KeptAsync).WithMetadata(new RequestSizeLimitAttribute(MaxKeptBytes));
        calls.MapPost("/pin", PinAsync);
        calls.MapPost("/undo", UndoAsync);
        calls.MapPost("/beat", BeatAsync);
    }

    private static async Task<IResult> LookAsync(HttpContext context, KioskWatch watch)
    {
        if (Refuse(context, KioskVisit.MaxPictureBytes) is { } refusal)
        {
            return refusal;
        }

        var page = context.Request.Headers["X-Page"].ToString();
        return await watch.LookAsync(KioskDesk.DeviceOf(context), page, () => ReadAsync(context), context.RequestAborted) is { } answer
            ? Ok(answer, KioskJson.Default.KioskAnswer)
            : KioskProblems.Busy;
    }

    private static async Task<IResult> KeptAsync(HttpContext context, KioskDesk desk)
    {
        if (Refuse(context, MaxKeptBytes) is { } refusal)
        {
            return refusal;
        }

        var body = await ReadAsync(context);
        var headers = context.Request.Headers;
        var key = headers["Idempotency-Key"].ToString();
        if (Split(body) is not { } frames
            || !DateTimeOffset.TryParse(
                headers["X-Captured-At"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var capturedAt))
        {
            return KioskProblems.NotFrames;
        }

        var (answer, problem) = await desk.CheckInKeptAsync(
            KioskDesk.DeviceOf(context), frames, key, capturedAt, context.RequestAborted);
        return problem is null ? Ok(answer!, KioskJson.Default.KioskAnswer) : problem;
    }

    private static List<byte[]>? Split(byte[] body)
    {
        var frames = new List<byte[]>();
        for (var at = 0; at < body.Length;)
        {
            if (body.Length - at < sizeof(int)
                || BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at)) is not (> 0 and <= KioskVisit.MaxPictureBytes and var length)
                || body.Length - at - sizeof(int) < length
                || frames.Count == KioskVisit.MaxFrames)
            {
                return null;
            }

            frames.Add(body.AsSpan(at + sizeof(int), length).ToArray());
            at += sizeof(int) + length;
        }

        return frames.Count > 0 ? frames : null;
    }

    private static async Task<IResult> PinAsync(HttpContext context, KioskDesk desk) =>
        await ReadAsync(context, KioskJson.Default.KioskPinRequest) is not { } request ? KioskProblems.NotJson
        : await desk.PunchAsync(KioskDesk.DeviceOf(context), request, context.RequestAborted) is var (answer, problem) && problem is null
            ? Ok(answer!, KioskJson.Default.KioskAnswer)
            : problem!;

    private static async Task<IResult> UndoAsync(HttpContext context, KioskDesk desk) =>
        await ReadAsync(context, KioskJson.Default.KioskUndoRequest) is not { } request ? KioskProblems.NotJson
        : await desk.UndoAsync(KioskDesk.DeviceOf(context), request.Undo, context.RequestAborted) is { } problem ? problem
        : Ok(KioskAnswer.Of(KioskState.Undone), KioskJson.Default.KioskAnswer);

    private static async Task<IResult> BeatAsync(HttpContext context, KioskDesk desk) =>
        await ReadAsync(context, KioskJson.Default.KioskBeat) is not { } beat ? KioskProblems.NotJson
        : Ok(await desk.BeatAsync(KioskDesk.DeviceOf(context), beat, context.RequestAborted), KioskJson.Default.KioskOrders);

    private static JsonHttpResult<T> Ok<T>(T answer, JsonTypeInfo<T> type) => TypedResults.Json(answer, type);

    private static FratProblem? Refuse(HttpContext context, int most) => context.Request.ContentLength switch
    {
        null => FratProblem.OfStatus(StatusCodes.Status411LengthRequired),
        { } length when length > most => KioskProblems.TooLarge,
        _ => null,
    };

    // Whole, since both are small.
    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        return body;
    }

    private static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            return await context.Request.ReadFromJsonAsync(type, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
