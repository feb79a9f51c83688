using System.Globalization;
using System.Text;
using System.Text.Json;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz.Payloads;

namespace ServiceOffices.ODataFuzz.Checks;

/// <summary>Sends requests to the engine in every version and metadata level, and checks the answers with an <see cref="AnswerCheck"/>.</summary>
internal sealed class PayloadRun
{
    private static readonly Uri Root = new("http://localhost/odata/");

    private readonly AnswerCheck check = new(SampleModel.Model, Root);
    private readonly ODataService before;
    private readonly ODataService service;

    public PayloadRun()
    {
        var (old, current) = (new SampleRows(seed: 2, samples: 30, groups: 12), new SampleRows(seed: 1, samples: 24, groups: 10));
        var first = SampleModel.Tables(old.Samples, old.Groups, revision: 1);
        before = new ODataService(SampleModel.Model, new ODataOptions(), new InMemoryTableSource([first]), TimeProvider.System);
        service = new ODataService(SampleModel.Model, new ODataOptions(), new InMemoryTableSource([first, SampleModel.Tables(current.Samples, current.Groups, revision: 2)]), TimeProvider.System);
    }

    /// <summary>Gets the number of answers with each status.</summary>
    public SortedDictionary<int, int> Statuses { get; } = [];

    /// <summary>Gets the number of payloads that Microsoft.OData.Core has read.</summary>
    public int ReadPayloads => check.ReadPayloads;

    /// <summary>Generates requests of every kind: all valid ones of the corpus, then mutated and composed ones.</summary>
    public static IEnumerable<(string Path, string Query)> Varied(int seed)
    {
        var cases = new FuzzCases(seed);
        return Corpus.Valid.Concat(Enumerable.Range(0, int.MaxValue).Select(number => cases[number]).Where(request => request.Method == "GET").Select(request => (request.Path, request.Query)));
    }

    /// <summary>Generates requests with <c>$apply</c>.</summary>
    public static IEnumerable<(string Path, string Query)> Transformed(int seed) =>
        Enumerable.Range(0, int.MaxValue).Select(number => new ApplyQueries(new Random(unchecked((seed * 1_000_003) + number))).Request());

    /// <summary>Checks requests until a number of answers have status 200, and gets the problems.</summary>
    /// <param name="answers">The number of answers with status 200.</param>
    public List<string> FindProblems(IEnumerable<(string Path, string Query)> requests, int answers)
    {
        var problems = new List<string>();
        var found = 0;
        var number = 0;
        foreach (var (path, options) in requests)
        {
            var query = Encode(options);
            var format = PayloadFormat.All[number++ % PayloadFormat.All.Count];
            var (isAnswered, problem) = CheckOrFail(path, query, format);
            if (problem is not null)
            {
                problems.Add($"{format}: {new FuzzCase("GET", path, query)}\n  {problem}");
            }

            found += isAnswered ? 1 : 0;
            if (found == answers)
            {
                break;
            }
        }

        return problems;
    }

    // As clients must: RFC 3986, 3.4. Percent-encoded characters are kept.
    private static string Encode(string options) =>
        string.Concat(options.EnumerateRunes().Select(rune => rune.IsAscii && (char)rune.Value is var c && (char.IsAsciiLetterOrDigit(c) || "-._~!$&'()*,;=:@/?%".Contains(c, StringComparison.Ordinal)) ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    private (bool IsAnswered, string? Problem) CheckOrFail(string path, string query, PayloadFormat format)
    {
        try
        {
            return Check(path, query, format);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (false, $"an exception: {e}");
        }
    }

    private (bool IsAnswered, string? Problem) Check(string path, string query, PayloadFormat format)
    {
        var response = Send(service, path, query, format);
        Statuses[response.Status] = Statuses.GetValueOrDefault(response.Status) + 1;
        if (response.Status is >= 500 and not 501)
        {
            return (false, $"the status {response.Status}: {Encoding.UTF8.GetString(response.Body.Span)}");
        }

        var problem = check.FindProblem(query, response) ?? FindChangesProblem(path, query, format);
        if (problem is null && response.Status == 200 && response.ContentType?.Contains("metadata=none", StringComparison.Ordinal) == true && !query.Contains("now()", StringComparison.Ordinal))
        {
            problem = AnswerCheck.FindProblemWithoutMetadata(response, Send(service, path, query, format with { Metadata = "minimal" }), (path + query).Contains("ref", StringComparison.OrdinalIgnoreCase));
        }

        return (response.Status == 200 && response.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true, problem);
    }

    // The changes since revision 1, where the answer has a delta link.
    private string? FindChangesProblem(string path, string query, PayloadFormat format)
    {
        if (format.Metadata == "none" || query.Contains("apply", StringComparison.Ordinal) || query.Contains("format", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var tracked = Send(before, path, query, format, "track-changes");
        if (tracked.Status != 200 || tracked.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
        {
            return null;
        }

        using var json = JsonDocument.Parse(tracked.Body);
        if (json.RootElement.ValueKind != JsonValueKind.Object || json.RootElement.EnumerateObject().FirstOrDefault(member => member.Name.EndsWith("deltaLink", StringComparison.Ordinal)) is not { Value.ValueKind: JsonValueKind.String } link)
        {
            return null;
        }

        var url = new Uri(Root, link.Value.GetString());
        var changes = Send(service, Uri.UnescapeDataString(url.AbsolutePath["/odata/".Length..]), url.Query.TrimStart('?'), format);
        return changes.Status != 200
            ? string.Create(CultureInfo.InvariantCulture, $"the delta link {url} returned {changes.Status}: {Encoding.UTF8.GetString(changes.Body.Span)}")
            : check.FindProblem(query, changes) is { } problem ? $"changes: {problem}\n  {Encoding.UTF8.GetString(changes.Body.Span)}" : null;
    }

    private static ODataResponse Send(ODataService service, string path, string query, PayloadFormat format, string? prefer = null)
    {
        var request = new ODataRequest(
            "GET", path, query, name => name switch { "OData-MaxVersion" => format.Version, "Accept" => format.Accept, "Prefer" => prefer, _ => null }, Root);

        // The tables are in memory, so that the task is completed.
        return service.HandleAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }
}
