using System.Globalization;
using System.Text;
using System.Text.Json;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz.Checks;

namespace ServiceOffices.ODataFuzz;

/// <summary>Sends cases to the engine and checks the responses: 2xx with a valid body, or 4xx or 501 with an error body, within limits of time and memory.</summary>
public sealed class FuzzRun
{
    // Far above the limit: a case that takes as long is abandoned.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A response of 60 rows of a request with the maximum number of items.
    private const long MaxAllocatedBytes = 512L * 1024 * 1024;

    private readonly TimeSpan timeLimit;
    private readonly ODataService service;
    private readonly AnswerCheck answers = new(SampleModel.Model, new Uri("http://localhost/odata/"));

    /// <param name="timeLimit">The processor time allowed for one response: independent of other work on the machine.</param>
    public FuzzRun(TimeSpan timeLimit)
    {
        this.timeLimit = timeLimit;
        var rows = new SampleRows(seed: 1, samples: 60, groups: 12);
        service = new ODataService(SampleModel.Model, new ODataOptions(), new InMemoryTableSource(SampleModel.Tables(rows.Samples, rows.Groups, revision: 1)), TimeProvider.System);
    }

    /// <summary>Gets the number of responses with each status.</summary>
    public SortedDictionary<int, int> Statuses { get; } = [];

    /// <summary>Gets the longest processor time of a response.</summary>
    public (TimeSpan Elapsed, FuzzCase? Request) Slowest { get; private set; }

    /// <summary>Gets the largest number of bytes allocated for a response.</summary>
    public (long Bytes, FuzzCase? Request) Largest { get; private set; }

    /// <summary>Sends a case and gets the problem of its response; null if there is none.</summary>
    public string? FindProblem(FuzzCase request)
    {
        var before = Environment.CpuUsage.TotalTime;
        var pending = Task.Run(() => Send(request));
        try
        {
            if (!pending.Wait(MaxWait))
            {
                return string.Create(CultureInfo.InvariantCulture, $"no response after {MaxWait.TotalSeconds} s");
            }
        }
        catch (AggregateException e)
        {
            return $"an exception: {e.InnerException}";
        }

        var (response, allocated) = pending.Result;
        var elapsed = Environment.CpuUsage.TotalTime - before;
        if (elapsed > Slowest.Elapsed)
        {
            Slowest = (elapsed, request);
        }

        if (allocated > Largest.Bytes)
        {
            Largest = (allocated, request);
        }

        Statuses[response.Status] = Statuses.GetValueOrDefault(response.Status) + 1;
        return elapsed > timeLimit
            ? string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F1} s of processor time, allowed are {timeLimit.TotalSeconds} s")
            : allocated > MaxAllocatedBytes
            ? string.Create(CultureInfo.InvariantCulture, $"{allocated / 1_000_000} MB allocated, allowed are {MaxAllocatedBytes / 1_000_000}")
            : FindProblem(request, response) ?? answers.FindProblem(request.Method == "POST" ? Encoding.Latin1.GetString(GetBody(request)) : request.Query, response);
    }

    // The tables are in memory, so that the response is created by the current thread.
    private (ODataResponse Response, long AllocatedBytes) Send(FuzzCase request)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var response = service.HandleAsync(
            new ODataRequest(request.Method, request.Path, request.Query, request.Header, new Uri("http://localhost/odata/"))
            {
                Body = GetBody(request),
            },
            CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return (response, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // The low byte of each character, so that bodies also contain bytes that are not UTF-8.
    private static byte[] GetBody(FuzzCase request) => Array.ConvertAll(request.Body.ToCharArray(), c => (byte)c);

    private static string? FindProblem(FuzzCase request, ODataResponse response)
    {
        if (response.Headers.All(header => header.Name != "OData-Version"))
        {
            return "a response without OData-Version";
        }

        try
        {
            return response.Status switch
            {
                >= 200 and < 300 => FindContentProblem(response),
                304 when request.Header("If-None-Match") is not null => null,
                (>= 400 and < 500) or 501 => FindErrorProblem(response),
                _ => string.Create(CultureInfo.InvariantCulture, $"the status {response.Status}: {Encoding.UTF8.GetString(response.Body.Span)}"),
            };
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException or KeyNotFoundException)
        {
            return $"a body that cannot be read: {e.Message}";
        }
    }

    private static string? FindContentProblem(ODataResponse response)
    {
        if (response.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true)
        {
            _ = StrictUtf8.GetCharCount(response.Body.Span);
            using var json = JsonDocument.Parse(response.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? null : "JSON that is no object";
        }

        return response.ContentType is null && response.Body.Length > 0 ? "content without a type" : null;
    }

    // OData JSON Format 4.01, 21.1.
    private static string? FindErrorProblem(ODataResponse response)
    {
        using var json = JsonDocument.Parse(response.Body);
        var error = json.RootElement.GetProperty("error");
        var (code, message) = (error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
        if (string.IsNullOrWhiteSpace(code) || string.IsNullOrWhiteSpace(message))
        {
            return "an error without code or message";
        }

        // Internal details must not be visible: exceptions, stack traces, types of the runtime.
        return message.Contains("Exception", StringComparison.Ordinal) || message.Contains("ServiceOffices.", StringComparison.Ordinal) || message.Contains("System.", StringComparison.Ordinal)
            ? $"an error with internal details: {message}"
            : null;
    }
}
