using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.ODataFuzz.Checks;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Oracles;

/// <summary>Compares random batches in both formats with their requests sent one by one.</summary>
public sealed class BatchOracleTests
{
    private static readonly SampleRows Rows = new(seed: 5, samples: 20, groups: 8);
    private static readonly SampleEngine Engine = new(Rows.Samples, Rows.Groups);

    private static readonly string[] Urls =
    [
        "samples?$select=id,name&$top=3", "samples(1)", "samples(2)/name/$value", "samples/$count", "samples(1)/details", "samples(1)/parts?$select=label", "groups?$top=2&$expand=samples($select=id;$top=1)",
        "samples?$apply=groupby((flag),aggregate($count%20as%20n))", "samples?$filter=contains(name,%27%C3%A4%27)", "samples(1)/group", "samples?$expand=children/$ref&$top=2&$select=id", "samples(999)", "nothing", "samples?$filter=no%20eq%201",
        "samples?$top=x", "$metadata?$format=json", "", "samples?$search=a&$count=true&$top=1", "samples(1)/$ref", "groups/Sampling.FundedGroup?$select=sum", "$entity?$id=samples(3)", "samples(1)/parent/name",
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Accept", "application/json;odata.metadata=full"), ("Accept", "application/json;metadata=none"), ("Accept", "application/json;IEEE754Compatible=true"), ("Accept", "text/plain"), ("Accept", "application/xml"),
        ("OData-MaxVersion", "4.0"), ("OData-MaxVersion", "4.01"), ("OData-MaxVersion", "3.0"), ("Prefer", "maxpagesize=2"), ("Prefer", "omit-values=nulls"), ("Prefer", "track-changes"), ("Isolation", "snapshot"),
        ("If-None-Match", "*"), ("If-None-Match", "W/\"999\""), ("If-None-Match", "own"),
    ];

    [Fact]
    public void Batch_RandomJson_EqualsRequestsSentAlone()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var parts = Create(new Random(seed), hasGroups: true);
            var expected = Execute(parts, stopsOnError: false, isMultipart: false);

            var response = Engine.Batch("application/json", Json(parts));
            Assert.Null(DuplicateMembers.Find(response.Body.Span));
            var actual = JsonNode.Parse(response.Body.Span)!["responses"]!.AsArray();

            Assert.Equal(parts.Select(part => part.Id), actual.Select(item => (string)item!["id"]!));
            for (var i = 0; i < parts.Count; i++)
            {
                var item = actual[i]!;
                var because = $"seed {seed}, request {parts[i].Id}: {Json(parts)}\n{item}";
                Assert.True(parts[i].Group == (string?)item["atomicityGroup"], because);
                Assert.True(expected[i].Status == (int)item["status"]!, because);
                if (expected[i].Status is 424 or 304)
                {
                    continue;
                }

                Assert.True(GetHeaders(expected[i]) == GetHeaders(item["headers"]!.AsObject()), because);
                Assert.True(JsonNode.DeepEquals(GetBody(expected[i]), item["body"]), because);
            }
        }
    }

    [Fact]
    public void Batch_RandomMultipart_EqualsRequestsSentAlone()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var parts = Create(random, hasGroups: false);
            var continues = random.Next(2) == 0;
            var expected = Execute(parts, stopsOnError: !continues, isMultipart: true);

            var response = Engine.Batch("multipart/mixed;boundary=b", Multipart(parts), ("Prefer", continues ? "continue-on-error" : "continue-on-error=false"));
            var actual = Split(response);

            var because = $"seed {seed}: {Multipart(parts)}\n{Encoding.UTF8.GetString(response.Body.Span)}";
            Assert.True(expected.Count == actual.Count, because);
            for (var i = 0; i < actual.Count; i++)
            {
                Assert.True(expected[i].Status == actual[i].Status, because);
                Assert.True(parts[i].Id == actual[i].Id, because);
                if (actual[i].Status == 304)
                {
                    continue;
                }

                Assert.True(GetHeaders(expected[i]) == actual[i].Headers, because);
                Assert.True(Encoding.UTF8.GetString(expected[i].Body.Span) == actual[i].Body, because);
            }
        }
    }

    private static List<Part> Create(Random random, bool hasGroups)
    {
        var parts = new List<Part>();
        var count = random.Next(1, 7);
        string? group = null;
        for (var i = 1; i <= count; i++)
        {
            group = !hasGroups || random.Next(3) == 0 ? null : random.Next(2) == 0 && group is not null ? group : "g" + i.ToString(CultureInfo.InvariantCulture);
            var target = Urls[random.Next(Urls.Length)];
            var url = target;
            var references = parts.Where(part => part.Target.EndsWith(')') && !part.Target.Contains('?', StringComparison.Ordinal)).ToList();
            List<string> dependsOn = [];
            if (references.Count > 0 && random.Next(3) == 0)
            {
                // $id continues the URL of an earlier request.
                var (reference, rest) = (references[random.Next(references.Count)], random.Next(2) == 0 ? "/text" : "/tags?$count=true");
                (url, target) = ($"${reference.Id}{rest}", reference.Target + rest);
                dependsOn.Add(reference.Id);
            }
            else if (hasGroups && parts.Count > 0 && random.Next(3) == 0)
            {
                var other = parts[random.Next(parts.Count)];
                dependsOn.Add(other.Group is { } name && name != group && random.Next(2) == 0 ? name : other.Id);
            }

            var headers = Enumerable.Range(0, random.Next(3)).Select(_ => Headers[random.Next(Headers.Length)]).DistinctBy(header => header.Name).ToList();
            headers = [.. headers.Select(header => header.Value == "own" ? (header.Name, Engine.Get(target, [.. headers.Where(other => other != header)]).ETag ?? "*") : header)];
            parts.Add(new Part(i.ToString(CultureInfo.InvariantCulture), url, target, group, dependsOn, headers));
        }

        return parts;
    }

    /// <summary>Sends the requests one by one, by the rules of OData JSON Format 4.01, 19.1 and 19.6, and OData 4.01 Part 1, 11.7.7.</summary>
    private static List<ODataResponse> Execute(List<Part> parts, bool stopsOnError, bool isMultipart)
    {
        var failed = new HashSet<string>();
        var responses = new List<ODataResponse>();
        foreach (var members in parts.Select((part, index) => (Part: part, Key: part.Group ?? $"-{index}")).GroupBy(item => item.Key))
        {
            var isFailed = false;
            foreach (var (part, _) in members)
            {
                var response = isFailed || (!isMultipart && part.DependsOn.Any(failed.Contains)) ? new ODataResponse { Status = 424 } : Engine.Get(part.Target, [.. part.Headers]);
                responses.Add(Unmodified(part, response));
                isFailed |= responses[^1].Status >= 400;
                if (responses[^1].Status is < 200 or >= 300)
                {
                    failed.Add(part.Id);
                }
            }

            if (isFailed)
            {
                failed.UnionWith(members.Select(member => member.Part.Id).Append(members.Key));
                if (stopsOnError)
                {
                    break;
                }
            }
        }

        return responses;
    }

    // RFC 9110, 13.1.2: outside of a batch, the pipeline of the host evaluates the conditions that the engine does not.
    private static ODataResponse Unmodified(Part part, ODataResponse response) =>
        response.Status == 200 && part.Headers.Any(header => header.Name == "If-None-Match" && (header.Value == "*" || header.Value == response.ETag))
            ? response with { Status = 304, ContentType = null, Content = default }
            : response;

    private static string GetHeaders(ODataResponse response) =>
        $"{response.ContentType} {response.ETag} {string.Join(' ', response.Headers.Select(header => $"{header.Name.ToLowerInvariant()}={header.Value}").Order(StringComparer.Ordinal))}";

    private static string GetHeaders(JsonObject headers) => GetHeaders(headers.Select(header => (header.Key, (string)header.Value!)));

    private static string GetHeaders(IEnumerable<(string Name, string Value)> headers)
    {
        var all = headers.ToDictionary(header => header.Name.ToLowerInvariant(), header => header.Value);
        return $"{all.GetValueOrDefault("content-type")} {all.GetValueOrDefault("etag")} {string.Join(' ', all.Where(header => header.Key is not ("content-type" or "etag" or "vary" or "content-id" or "content-length")).Select(header => $"{header.Key}={header.Value}").Order(StringComparer.Ordinal))}";
    }

    private static JsonNode? GetBody(ODataResponse response) => response.Content.IsEmpty ? null
        : response.ContentType!.StartsWith("application/json", StringComparison.Ordinal) ? JsonNode.Parse(response.Body.Span)
        : JsonValue.Create(Encoding.UTF8.GetString(response.Body.Span));

    private static string Json(List<Part> parts) => JsonSerializer.Serialize(new
    {
        requests = parts.Select(part => new Dictionary<string, object?>
        {
            ["id"] = part.Id, ["method"] = "get", ["url"] = part.Url, ["headers"] = part.Headers.ToDictionary(header => header.Name.ToLowerInvariant(), header => header.Value),
            ["dependsOn"] = part.DependsOn, ["atomicityGroup"] = part.Group,
        }.Where(member => member.Value is not null).ToDictionary(member => member.Key, member => member.Value)),
    });

    private static string Multipart(List<Part> parts) => string.Concat(parts.Select(part =>
        $"--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {part.Id}\r\n\r\nGET {(part.Url.Length == 0 ? SampleEngine.Root : part.Url)} HTTP/1.1\r\n{string.Concat(part.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n\r\n")) + "--b--\r\n";

    private static List<(string? Id, int Status, string Headers, string Body)> Split(ODataResponse response)
    {
        var boundary = "--" + response.ContentType!.Split("boundary=")[1];
        var text = Encoding.UTF8.GetString(response.Body.Span);
        return [.. text.Split(boundary + "\r\n").Skip(1).Select(part =>
        {
            var end = part.LastIndexOf("\r\n" + boundary, StringComparison.Ordinal) is var last and >= 0 ? last : part.Length - 2;
            var sections = part[..end].Split("\r\n\r\n", 3);
            var lines = sections[1].Split("\r\n");
            var id = sections[0].Split("\r\n").Where(line => line.StartsWith("Content-ID:", StringComparison.OrdinalIgnoreCase)).Select(line => line[11..].Trim()).FirstOrDefault();
            var headers = lines.Skip(1).Where(line => line.Length > 0).Select(line => (line.Split(':')[0], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
            return ((string?)id, int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), GetHeaders(headers), sections.ElementAtOrDefault(2) ?? "");
        })];
    }

    /// <param name="Target">The URL with references resolved.</param>
    private sealed record Part(string Id, string Url, string Target, string? Group, IReadOnlyList<string> DependsOn, IReadOnlyList<(string Name, string Value)> Headers);
}
