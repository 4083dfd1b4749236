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
    /// <summary>A camera's frame of 640×480 has some 60 KB.</summary>
    private const int MaxPictureBytes = 256 * 1024;

    private const int MaxKeptBytes = KioskVisit.MaxFrames * (MaxPictureBytes + sizeof(int));

    /// <summary>Changes with each build, and so with each change of the page.</summary>
    public static string Version { get; } = typeof(KioskEndpoints).Module.ModuleVersionId.ToString("N")[..12];

    private static readonly FratProblem Busy = new()
    {
        Status = StatusCodes.Status429TooManyRequests,
        Code = "busy",
        Message = "This device sent a frame before it had the answer to the last one.",
    };

    private static readonly FratProblem TooLarge = new()
    {
        Status = StatusCodes.Status413PayloadTooLarge,
        Code = "requestTooLarge",
        Message = $"A frame has at most {MaxPictureBytes / 1024} KiB.",
    };

    private static readonly FratProblem SiteIsGone = new()
    {
        Status = StatusCodes.Status409Conflict,
        Code = "siteGone",
        Message = "The site that this device stands at is not set up any more. An administrator adds the device anew.",
    };

    private static readonly FratProblem NotFrames = new()
    {
        Status = StatusCodes.Status400BadRequest,
        Code = "badRequest",
        Message = "The body is not one to three frames, each behind its length as four bytes, the highest first.",
    };

    private static readonly FratProblem NotJson = new()
    {
        Status = StatusCodes.Status400BadRequest,
        Code = "badRequest",
        Message = "The JSON can't be read.",
    };

    public static void AddKiosk(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KioskOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KioskVisits>();
        services.AddSingleton<KioskUndo>();
        services.AddScoped<KioskAnswers>();
        services.AddScoped<KioskWatch>();
        services.AddScoped<KioskDesk>();
    }

    public static void MapKiosk(this WebApplication app)
    {
        var calls = app.MapGroup(Addresses.KioskCalls).RequireAuthorization(Permissions.Kiosk).ExcludeFromDescription();
        calls.AddEndpointFilter(async (call, next) =>
            KioskDesk.DeviceOf(call.HttpContext).Site is { } site
            && !call.HttpContext.RequestServices.GetRequiredService<SiteClock>().Sites.Contains(site, StringComparer.OrdinalIgnoreCase)
                ? SiteIsGone
                : await next(call));
        calls.MapPost("/look", LookAsync).WithMetadata(new RequestSizeLimitAttribute(MaxPictureBytes));
        calls.MapPost("/kept", KeptAsync).WithMetadata(new RequestSizeLimitAttribute(MaxKeptBytes));
        calls.MapPost("/pin", PinAsync);
        calls.MapPost("/undo", UndoAsync);
        calls.MapPost("/beat", BeatAsync);
    }

    private static async Task<IResult> LookAsync(HttpContext context, KioskWatch watch)
    {
        if (Refuse(context, MaxPictureBytes) is { } refusal)
        {
            return refusal;
        }

        var picture = await ReadAsync(context);

        var page = context.Request.Headers["X-Page"].ToString();
        return await watch.LookAsync(KioskDesk.DeviceOf(context), page, picture, context.RequestAborted) is { } answer
            ? Ok(answer, KioskJson.Default.KioskAnswer)
            : Busy;
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
            return NotFrames;
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
                || BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at)) is not (> 0 and <= MaxPictureBytes and var length)
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
        await ReadAsync(context, KioskJson.Default.KioskPinRequest) is not { } request ? NotJson
        : await desk.PunchAsync(KioskDesk.DeviceOf(context), request, context.RequestAborted) is var (answer, problem) && problem is null
            ? Ok(answer!, KioskJson.Default.KioskAnswer)
            : problem!;

    private static async Task<IResult> UndoAsync(HttpContext context, KioskDesk desk) =>
        await ReadAsync(context, KioskJson.Default.KioskUndoRequest) is not { } request ? NotJson
        : await desk.UndoAsync(KioskDesk.DeviceOf(context), request.Undo, context.RequestAborted) is { } problem ? problem
        : Ok(KioskAnswer.Of(KioskState.Undone), KioskJson.Default.KioskAnswer);

    private static async Task<IResult> BeatAsync(HttpContext context, KioskDesk desk) =>
        await ReadAsync(context, KioskJson.Default.KioskBeat) is not { } beat ? NotJson
        : Ok(await desk.BeatAsync(KioskDesk.DeviceOf(context), beat, context.RequestAborted), KioskJson.Default.KioskOrders);

    private static JsonHttpResult<T> Ok<T>(T answer, JsonTypeInfo<T> type) => TypedResults.Json(answer, type);

    private static FratProblem? Refuse(HttpContext context, int most) => context.Request.ContentLength switch
    {
        null => FratProblem.OfStatus(StatusCodes.Status411LengthRequired),
        { } length when length > most => TooLarge,
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
