using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ODataEngine.Protocol;

namespace ServiceOffices.ODataFuzz;

/// <summary>Sends cases to the engine and judges the answers: 2xx with a body that can be read, or 4xx or 501 with the error body; always in time.</summary>
public sealed class FuzzRun
{
    // Far beyond the limit: a case that takes so long is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly TimeSpan timeLimit;
    private readonly ODataService service;

    /// <param name="timeLimit">What one answer may take; where other work shares the processor it takes longer than alone.</param>
    public FuzzRun(TimeSpan timeLimit)
    {
        this.timeLimit = timeLimit;
        var rows = new SampleRows(seed: 1, samples: 60, groups: 12);
        service = new ODataService(SampleModel.Model, new ODataOptions(), new SampleSource(SampleModel.Tables(rows.Samples, rows.Groups, revision: 1)), TimeProvider.System);
    }

    /// <summary>How many answers had each status.</summary>
    public SortedDictionary<int, int> Statuses { get; } = [];

    /// <summary>The answer that took longest.</summary>
    public (TimeSpan Took, FuzzCase? Request) Slowest { get; private set; }

    /// <summary>What is wrong with the answer to a case; null where nothing is.</summary>
    public string? Judge(FuzzCase request)
    {
        var clock = Stopwatch.StartNew();
        var answering = Task.Run(() => service.HandleAsync(
            new ODataRequest(request.Method, request.Path, request.Query, request.Header, new Uri("http://localhost/odata/"))
            {
                Body = Array.ConvertAll(request.Body.ToCharArray(), c => (byte)c),
            },
            CancellationToken.None).AsTask());
        try
        {
            if (!answering.Wait(Patience))
            {
                return string.Create(CultureInfo.InvariantCulture, $"no answer after {Patience.TotalSeconds} s");
            }
        }
        catch (AggregateException e)
        {
            return $"an exception: {e.InnerException}";
        }

        var answer = answering.Result;
        var took = clock.Elapsed;
        if (took > Slowest.Took)
        {
            Slowest = (took, request);
        }

        Statuses[answer.Status] = Statuses.GetValueOrDefault(answer.Status) + 1;
        return took > timeLimit
            ? string.Create(CultureInfo.InvariantCulture, $"an answer after {took.TotalSeconds:F1} s, allowed are {timeLimit.TotalSeconds} s")
            : Judge(request, answer);
    }

    private static string? Judge(FuzzCase request, ODataResponse answer)
    {
        if (answer.Headers.All(header => header.Name != "OData-Version"))
        {
            return "an answer without OData-Version";
        }

        try
        {
            return answer.Status switch
            {
                >= 200 and < 300 => JudgeContent(answer),
                304 when request.Header("If-None-Match") is not null => null,
                (>= 400 and < 500) or 501 => JudgeError(answer),
                _ => string.Create(CultureInfo.InvariantCulture, $"the status {answer.Status}: {Encoding.UTF8.GetString(answer.Body.Span)}"),
            };
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException or KeyNotFoundException)
        {
            return $"a body that cannot be read: {e.Message}";
        }
    }

    private static string? JudgeContent(ODataResponse answer)
    {
        if (answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true)
        {
            _ = StrictUtf8.GetCharCount(answer.Body.Span);
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? null : "JSON that is no object";
        }

        return answer.ContentType is null && answer.Body.Length > 0 ? "content without a type" : null;
    }

    // OData JSON Format 4.01, 21.1.
    private static string? JudgeError(ODataResponse answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        var error = json.RootElement.GetProperty("error");
        var (code, message) = (error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
        if (string.IsNullOrWhiteSpace(code) || string.IsNullOrWhiteSpace(message))
        {
            return "an error without code or message";
        }

        // Nothing of the inside may show: exceptions, stack traces, types of the runtime.
        return message.Contains("Exception", StringComparison.Ordinal) || message.Contains("ServiceOffices.", StringComparison.Ordinal) || message.Contains("System.", StringComparison.Ordinal)
            ? $"an error that shows the inside: {message}"
            : null;
    }
}
