using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Frat.AspNetCore;

/// <summary>A file of a form: a slice of the request's one buffer.</summary>
internal sealed record UploadedFile(string FileName, ReadOnlyMemory<byte> Content);

/// <summary>
/// A multipart form, held in one buffer that is as long as the request: its files are slices, nothing is copied, nothing is
/// written to disk, and the buffer is cleared when the form is disposed. Fields that nobody asked for are passed over.
/// </summary>
internal sealed class UploadedForm : IDisposable
{
    private const int MaxParts = 64;
    private const int MaxTextBytes = 64 * 1024;
    private const int MaxBoundaryLength = 200;
    private const int ReaderBuffer = 4096; // Of MultipartReader.
    private static readonly byte[] Tail = [(byte)'\r', (byte)'\n', .. new byte[2 * ReaderBuffer]];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<UploadedFile>> _files = new(StringComparer.Ordinal);
    private ArraySegment<byte> _body;

    private UploadedForm()
    {
    }

    /// <summary>Why the request can't be read as a form; the form is empty then.</summary>
    public FratProblem? Problem { get; private set; }

    /// <summary>Reads the request to its end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limits">How long it, and a file in it, may be.</param>
    /// <param name="repeatable">The field that may come more than once.</param>
    public static async Task<UploadedForm> ReadAsync(HttpRequest request, UploadLimits limits, string? repeatable = null)
    {
        var form = new UploadedForm();
        try
        {
            form.Problem = await form.TryReadAsync(request, limits, repeatable);
        }
        catch
        {
            form.Dispose(); // The client is gone; what came of a photo goes too.
            throw;
        }

        if (form.Problem is not null)
        {
            form._texts.Clear();
            form._files.Clear();
        }

        return form;
    }

    /// <summary>The text of a field; null when it is missing, or was sent as a file.</summary>
    public string? Text(string field) => _texts.GetValueOrDefault(field);

    /// <summary>The file of a field; null when it is missing, or was sent as text.</summary>
    public UploadedFile? File(string field) => Files(field) is [var file, ..] ? file : null;

    /// <summary>All files of a field.</summary>
    public IReadOnlyList<UploadedFile> Files(string field) => _files.TryGetValue(field, out var files) ? files : [];

    public void Dispose() => _body.AsSpan().Clear();

    private static FratProblem Malformed(string message) => new(StatusCodes.Status400BadRequest, "invalidForm", message);

    private static string? BoundaryOf(MediaTypeHeaderValue type) =>
        HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundaryLength } boundary ? boundary.ToString() : null;

    private async Task<FratProblem?> TryReadAsync(HttpRequest request, UploadLimits limits, string? repeatable)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return new FratProblem(
                StatusCodes.Status415UnsupportedMediaType, "unsupportedMediaType", "Send the fields as multipart/form-data.");
        }

        if (BoundaryOf(type) is not { } boundary)
        {
            return Malformed("The content type has no usable boundary.");
        }

        if (await ReadBodyAsync(request, limits) is { } problem)
        {
            return problem;
        }

        try
        {
            return await ReadPartsAsync(boundary, limits, repeatable);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return Malformed("The form data is damaged or cut off.");
        }
    }

    private async Task<FratProblem?> ReadBodyAsync(HttpRequest request, UploadLimits limits)
    {
        // The length is what the gate lets in by, and what the one buffer is made by.
        if (request.ContentLength is not { } length)
        {
            return new FratProblem(StatusCodes.Status411LengthRequired, "lengthRequired", "Send the upload with its Content-Length.")
            {
                ClosesConnection = true
            };
        }

        // How long it may be, the server has looked at already. A line and zeros behind it: see ReadPartsAsync.
        _body = new ArraySegment<byte>(GC.AllocateUninitializedArray<byte>((int)length + Tail.Length), 0, (int)length);
        Tail.CopyTo(_body.Array!.AsSpan((int)length));
        using var limit = new CancellationTokenSource(UploadLimits.ReadTime(length));
        var reader = request.BodyReader;
        await using var outOfTime = limit.Token.Register(reader.CancelPendingRead);
        for (var received = 0; received < length;)
        {
            var result = await reader.ReadAsync(CancellationToken.None);
            result.Buffer.CopyTo(_body.AsSpan(received));
            received += (int)result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.End);
            if (limit.IsCancellationRequested && received < length)
            {
                return Arrivals.TooSlow;
            }

            if (result.IsCompleted && received < length)
            {
                return Malformed("The form data is damaged or cut off.");
            }
        }

        return null;
    }

    private async Task<FratProblem?> ReadPartsAsync(string boundary, UploadLimits limits, string? repeatable)
    {
        // The tail is read last into the reader's own buffer, which nobody can reach to clear it.
        using var stream = new MemoryStream(_body.Array ?? [], writable: false);
        var reader = new MultipartReader(boundary, stream, ReaderBuffer);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var parts = 0; await reader.ReadNextSectionAsync() is { } section; parts++)
        {
            if (parts == MaxParts)
            {
                return Malformed($"The form has more than {MaxParts} fields.");
            }

            await section.Body.CopyToAsync(Stream.Null);
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 } name
                || section.BaseStreamOffset is not { } offset)
            {
                return Malformed("A part of the form has no name.");
            }

            var field = name.ToString();
            if (!names.Add(field) && field != repeatable)
            {
                return Malformed($"The field {field} comes more than once.");
            }

            if (Take(
                field, disposition, new ReadOnlyMemory<byte>(_body.Array, (int)offset, (int)section.Body.Length), limits) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private FratProblem? Take(string field, ContentDispositionHeaderValue disposition, ReadOnlyMemory<byte> content, UploadLimits limits)
    {
        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        if (fileName.HasValue)
        {
            if (content.Length > limits.MaxImageBytes)
            {
                return ImageProblems.TooLarge(limits.MaxImageBytes);
            }

            if (!_files.TryGetValue(field, out var files))
            {
                _files.Add(field, files = []);
            }

            files.Add(new UploadedFile(fileName.ToString(), content));
            return null;
        }

        if (content.Length > MaxTextBytes)
        {
            return Malformed($"The field {field} is too long.");
        }

        try
        {
            _texts[field] = StrictUtf8.GetString(content.Span);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return Malformed($"The field {field} is not UTF-8.");
        }
    }
}
