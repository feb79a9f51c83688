using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.OpenApi;
using ServiceOffices.Testing;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>Runs every example of the contract, validates the response against the schema of the operation and compares it with the example.</summary>
public sealed class ExampleTests(ContractHost host) : IClassFixture<ContractHost>
{
    private const string Begin = "    # Begin: the examples";
    private const string End = "    # End: the examples";
    private const string ShownAddress = "https://example.org";

    private static readonly HashSet<string> NoAnswer = ["removeOffice", "removeEvent"];

    [Fact]
    public async Task Examples_EachOperation_ReturnDocumentedResponse()
    {
        var document = await OpenApiContract.ReadAsync();
        var operations = OpenApiContract.GetOperations(document).ToArray();
        var places = Places(document);
        var yaml = new StringBuilder();
        var answers = new JsonArray();
        var wrong = new List<string>();

        // From the JSON, because the YAML reader represents null differently.
        var shownBefore = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathTo("openapi", "openapi.json"), TestContext.Current.CancellationToken))!["components"]!["examples"]!;
        var examples = Requests(operations);
        foreach (var example in examples)
        {
            var place = NoAnswer.Contains(example.Name)
                ? operations.Where(operation => operation.Operation.OperationId == example.Name).Select(operation => new ExampleLocation(operation.Operation, "204", null, "")).Single()
                : places.GetValueOrDefault(example.Name);
            if (place is null)
            {
                wrong.Add($"{example.Name}: nothing in the contract refers to it.");
                continue;
            }

            using var response = await SendAsync(example, place.Operation);
            var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            if (((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture) != place.Status || mediaType != place.MediaType)
            {
                wrong.Add($"{example.Name}: {place.Status} {place.MediaType} is promised, the answer is {(int)response.StatusCode} {mediaType}: {Encoding.UTF8.GetString(bytes)}");
                continue;
            }

            var shown = mediaType is null ? null : Read(example, mediaType, bytes, place, answers, wrong);
            if (!NoAnswer.Contains(example.Name))
            {
                yaml.Append(ExamplesYaml.Of(example, shown));
                Compare(example, shown, shownBefore[example.Name]?["value"], wrong);
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Write(yaml.ToString());
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "answers.json");
        await File.WriteAllTextAsync(file, answers.ToJsonString(), TestContext.Current.CancellationToken);
        var findings = await NodeTool.RunAsync("validate-examples.mjs", Repository.PathTo("openapi", "openapi.json"), file);
        Assert.True(findings == $"{answers.Count} answers checked\n", findings);
        Assert.All(operations, operation => Assert.Contains(examples, example => example.Name.Split('-')[0] == operation.Operation.OperationId));
        TestContext.Current.SendDiagnosticMessage($"{operations.Length} operations, {examples.Count} examples run, {answers.Count} answers validated.");
    }

    [Fact]
    public async Task Yaml_Examples_MatchRequests()
    {
        var document = await OpenApiContract.ReadAsync();
        var examples = Requests([.. OpenApiContract.GetOperations(document)]).Where(example => !NoAnswer.Contains(example.Name)).ToArray();

        var shown = document.Components!.Examples!.Where(example => !example.Key.EndsWith("-content", StringComparison.Ordinal)).Select(example => (example.Key, example.Value.Summary));

        Assert.Equal(examples.Select(example => (example.Name, (string?)example.Line)), shown);
    }

    /// <summary>The requests of the table and, for other operations, the path with the examples of its parameters.</summary>
    private static IReadOnlyList<ExampleRequest> Requests((string Path, string Method, OpenApiOperation Operation)[] operations)
    {
        var named = ExampleRequests.All.Select(example => example.Name.Split('-')[0]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from operation in operations
               where !named.Contains(operation.Operation.OperationId!)
               select new ExampleRequest(operation.Operation.OperationId!, $"{operation.Method.ToUpperInvariant()} {Filled(operation.Path, operation.Operation)}"),
            .. ExampleRequests.All,
        ];
    }

    private static string Filled(string path, OpenApiOperation operation) => (operation.Parameters ?? [])
        .Where(parameter => parameter.In == ParameterLocation.Path && parameter.Name != "importId")
        .Aggregate(path, (filled, parameter) => filled.Replace($"{{{parameter.Name}}}", parameter.Example!.ToString(), StringComparison.Ordinal));

    private static Dictionary<string, ExampleLocation> Places(OpenApiDocument document)
    {
        var places = new Dictionary<string, ExampleLocation>(StringComparer.Ordinal);
        foreach (var (path, method, operation) in OpenApiContract.GetOperations(document))
        {
            foreach (var (status, response) in operation.Responses!)
            {
                foreach (var (mediaType, content) in response.Content ?? new Dictionary<string, IOpenApiMediaType>())
                {
                    var owner = response is OpenApiResponseReference shared
                        ? $"/components/responses/{shared.Reference.Id}"
                        : $"/paths/{path.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}/{method}/responses/{status}";
                    foreach (var name in content.Examples?.Keys ?? [])
                    {
                        places.TryAdd(name, new ExampleLocation(operation, status, mediaType, $"{owner}/content/{mediaType.Replace("/", "~1", StringComparison.Ordinal)}/schema"));
                    }
                }
            }
        }

        return places;
    }

    private async Task<HttpResponseMessage> SendAsync(ExampleRequest example, OpenApiOperation operation)
    {
        var space = example.Line.IndexOf(' ', StringComparison.Ordinal);
        var address = example.Line[(space + 1)..].Replace(" ", "%20", StringComparison.Ordinal).Replace("{importId}", host.ImportId, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(example.Line[..space]), address);
        host.Authorize(request, operation);
        foreach (var (name, value) in example.Fields)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (example.Content is { } content)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content)) { Headers = { ContentType = new MediaTypeHeaderValue(example.MediaType) } };
        }

        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads a response by its media type, and records JSON for schema validation.</summary>
    private JsonNode? Read(ExampleRequest example, string mediaType, byte[] bytes, ExampleLocation place, JsonArray answers, List<string> wrong)
    {
        var body = Encoding.UTF8.GetString(bytes).Replace(host.Client.BaseAddress!.ToString().TrimEnd('/'), ShownAddress, StringComparison.Ordinal);
        try
        {
            switch (mediaType)
            {
                case "application/xml" or "application/rdf+xml" or "application/atom+xml" or "application/vnd.google-earth.kml+xml" or "image/svg+xml":
                    XDocument.Parse(body);
                    break;
                case "application/x-ndjson":
                    Assert.All(body.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonNode.Parse(line));
                    break;
                case "text/html":
                    Assert.EndsWith("</html>", body.TrimEnd(), StringComparison.Ordinal);
                    break;
                case "text/calendar":
                    Assert.EndsWith("END:VCALENDAR\r\n", body, StringComparison.Ordinal);
                    break;
                case "application/vnd.apache.parquet":
                    Assert.Equal("PAR1"u8, bytes.AsSpan(^4..));
                    break;
                case "application/geopackage+sqlite3":
                    Assert.Equal("SQLite format 3\0"u8, bytes.AsSpan(..16));
                    break;
                case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
                    using (var zip = new System.IO.Compression.ZipArchive(new MemoryStream(bytes)))
                    {
                        Assert.NotNull(zip.GetEntry("xl/workbook.xml"));
                    }

                    break;
                case "text/plain":
                case var json when json.EndsWith("json", StringComparison.Ordinal):
                    answers.Add(new JsonObject { ["name"] = example.Name, ["schema"] = place.Schema, ["body"] = JsonNode.Parse(body) });
                    break;
                default:
                    Assert.NotEqual("", body);
                    break;
            }
        }
        catch (Exception e) when (e is JsonException or System.Xml.XmlException or Xunit.Sdk.XunitException or InvalidDataException)
        {
            wrong.Add($"{example.Name}: the answer is no {mediaType}: {e.Message}");
        }

        return ExamplesYaml.Shown(example, mediaType, body);
    }

    private static void Compare(ExampleRequest example, JsonNode? today, JsonNode? shown, List<string> wrong)
    {
        if (Updates)
        {
            return;
        }

        var same = ExamplesYaml.IsExact(example) ? JsonNode.DeepEquals(today, shown) : Members(shown).IsSubsetOf(Members(today));
        if (!same)
        {
            wrong.Add($"{example.Name}: documented {shown?.ToJsonString()}, returned {today?.ToJsonString()}");
        }
    }

    /// <summary>Gets the paths of all members.</summary>
    private static HashSet<string> Members(JsonNode? node)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        void Add(JsonNode? part, string path)
        {
            paths.Add(path);
            foreach (var (name, value) in part as JsonObject ?? [])
            {
                Add(value, $"{path}.{name}");
            }

            foreach (var item in part as JsonArray ?? [])
            {
                Add(item, path + "[]");
            }
        }

        Add(node, "");
        return paths;
    }

    private static bool Updates => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Repository.IsCI;

    private static void Write(string examples)
    {
        if (Updates)
        {
            var yaml = File.ReadAllText(OpenApiContract.Path);
            var begin = yaml.IndexOf('\n', yaml.IndexOf(Begin, StringComparison.Ordinal)) + 1;
            File.WriteAllText(OpenApiContract.Path, yaml[..begin] + examples + yaml[yaml.IndexOf(End, StringComparison.Ordinal)..]);
        }
    }

    /// <summary>The location of an example in the contract.</summary>
    /// <param name="Schema">A JSON pointer into the contract.</param>
    private sealed record ExampleLocation(OpenApiOperation Operation, string Status, string? MediaType, string Schema);
}
