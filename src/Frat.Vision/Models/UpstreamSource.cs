using System.Net;
using System.Net.Http.Headers;
using ICSharpCode.SharpZipLib.BZip2;
using Microsoft.Extensions.Logging;

namespace Frat.Vision;

/// <summary>
/// Files on a web server, perhaps compressed with bzip2. A broken pull goes on where it stopped, also in another process.
/// </summary>
internal sealed class UpstreamSource(
    UpstreamLocation location, ModelFolder folder, ModelPulls pulls, ILogger logger) : IModelSource
{
    private const int Attempts = 4;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(30);

    public string Describe(ModelFile file) => location.For(file).ToString();

    public async Task PullAsync(ModelFile file, IReadOnlyList<ModelFile> alsoMissing, CancellationToken cancellationToken)
    {
        var part = folder.WorkPath(file.Name + ".bz2.part");
        if (new FileInfo(part).LinkTarget is not null)
        {
            File.Delete(part); // It would lead elsewhere what is pulled.
        }

        var resumed = await DownloadAsync(file, part, cancellationToken).ConfigureAwait(false);
        try
        {
            await UnpackAsync(file, part, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (resumed && !cancellationToken.IsCancellationRequested)
        {
            // The two halves may be of different files: once more, from the start.
            ModelLog.StartsOver(logger, file.Name, e.Message);
            await DownloadAsync(file, part, cancellationToken).ConfigureAwait(false);
            await UnpackAsync(file, part, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task UnpackAsync(ModelFile file, string part, CancellationToken cancellationToken)
    {
        try
        {
            var packed = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using (packed.ConfigureAwait(false))
            {
                Stream unpacked = location.IsPacked ? new BZip2InputStream(packed) : packed;
                await using (unpacked.ConfigureAwait(false))
                {
                    await folder.StoreAsync(file, unpacked, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (BZip2Exception e)
        {
            throw new InvalidDataException($"the file isn't valid bzip2: {e.Message}", e);
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                File.Delete(part);
            }
        }
    }

    /// <returns>True when bytes of an earlier answer were kept.</returns>
    private async Task<bool> DownloadAsync(ModelFile file, string part, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = ConnectLimit };
        using var http = new HttpClient(handler) { Timeout = AnswerLimit };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Frat.Vision", "1"));
        var resumed = false;
        for (var attempt = 1; ; attempt++)
        {
            var before = Length(part);
            resumed |= before > 0;
            try
            {
                await AppendAsync(http, file, part, before, cancellationToken).ConfigureAwait(false);
                return resumed;
            }
            catch (Exception e) when (
                attempt < Attempts && !cancellationToken.IsCancellationRequested && Length(part) > before && IsBroken(e))
            {
                ModelLog.Resumes(logger, file.Name, Length(part), e.Message);
            }
        }
    }

    private async Task AppendAsync(HttpClient http, ModelFile file, string part, long have, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, location.For(file));
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
        }

        using var response = await SendAsync(http, request, cancellationToken).ConfigureAwait(false);
        if (have > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            if (response.Content.Headers.ContentRange?.Length == have)
            {
                return;
            }

            // What an earlier pull left behind doesn't fit the file.
            File.Delete(part);
            await AppendAsync(http, file, part, have: 0, cancellationToken).ConfigureAwait(false);
            return;
        }

        response.EnsureSuccessStatusCode();
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        if (response.StatusCode == HttpStatusCode.PartialContent && !goesOn)
        {
            throw new InvalidDataException($"the server sent {response.Content.Headers.ContentRange} when asked for the bytes from {have}");
        }

        var total = response.Content.Headers.ContentLength + (goesOn ? have : 0);
        var target = new FileStream(part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        await using (target.ConfigureAwait(false))
        {
            await CopyAsync(response, file, target, total, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CopyAsync(
        HttpResponseMessage response, ModelFile file, FileStream target, long? total, CancellationToken cancellationToken)
    {
        // bzip2 makes incompressible data 1 % larger at most.
        var limit = file.Size + (file.Size / 50) + 4096;
        using var bar = pulls.Start(file.Name, total);
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var buffer = new byte[128 * 1024];
            while (true)
            {
                stall.CancelAfter(StallLimit);
                var read = await ReadAsync(content, buffer, stall.Token, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                if (target.Length + read > limit)
                {
                    throw new InvalidDataException($"the server sends more than {limit} bytes for {file.Name}");
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                await target.FlushAsync(cancellationToken).ConfigureAwait(false);
                bar.Report(target.Length);
            }
        }

        if (total is { } expected && target.Length != expected)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"the connection ended after {target.Length} of {expected} bytes");
        }

        bar.Complete();
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpIOException(
                HttpRequestError.ConnectionError,
                $"no answer (limits: {ConnectLimit.TotalSeconds:0} s to connect, {AnswerLimit.TotalSeconds:0} s in all)",
                e);
        }
    }

    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken stall, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, stall).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"nothing came for {StallLimit.TotalSeconds:0} s", e);
        }
    }

    private static bool IsBroken(Exception e) => e is HttpRequestException { StatusCode: null } or IOException;

    private static long Length(string path) => new FileInfo(path) is { Exists: true } info ? info.Length : 0;
}
