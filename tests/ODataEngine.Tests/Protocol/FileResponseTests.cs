using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;
using ServiceOffices.Testing.Oracle;
using ServiceOffices.Testing;

namespace ODataEngine.Tests.Protocol;

/// <summary>Query results as files: <c>$format</c> and Accept with formats other than the JSON of OData.</summary>
public sealed class FileResponseTests
{
    private static readonly SampleRows Rows = new(seed: 11, samples: 40, groups: 16);

    private static readonly ODataOptions Options = new() { FileFormats = ExportFormats.ForQueries };

    private static readonly SampleEngine Engine = new(Options, FixedSamples.Tables);

    [Fact]
    public void Samples_RandomQuery_FileEqualsJson() => Check("samples", OracleType.Sample, 1_000);

    [Fact]
    public void Groups_RandomQuery_FileEqualsJson() => Check("groups", OracleType.Group, 500);

    // A file has a separate column for each annotation of the JSON.
    [Theory]
    [InlineData("samples?$select=id&$expand=children/$count&$top=1", """{"id":1,"children/$count":1}""")]
    [InlineData("samples?$select=id&$expand=children($select=id;$count=true)&$top=1", """{"id":1,"children/$count":1,"children":[{"id":3}]}""")]
    [InlineData("samples?$select=id&$expand=children/$ref&$top=1", """{"id":1,"children/$ref":["samples(3)"]}""")]
    [InlineData("samples?$select=id&$expand=group/$ref&$top=1", """{"id":1,"group/$ref":"groups('field')"}""")]
    [InlineData("samples?$select=id,tags($count=true;$top=1)&$top=1", """{"id":1,"tags/$count":2,"tags":["a"]}""")]
    // Within $expand, $it is the outer row.
    [InlineData("samples?$select=id&$expand=children($select=sum;$compute=id add $it/whole as sum)&$top=2", """{"id":1,"children":[{"sum":8}]}|{"id":2,"children":[{"sum":11}]}""")]
    [InlineData("samples(3)?$select=id&$expand=parent($select=id;$expand=group($select=code))", """{"id":3,"parent":{"id":1,"group":{"code":"field"}}}""")]
    [InlineData("samples(3)/parent?$select=id", """{"id":1}""")]
    [InlineData("groups('north')/samples?$select=id", """{"id":2}|{"id":3}""")]
    [InlineData("samples(1)/parts", """{"label":"leaf","amount":0.5,"since":null,"count":2}""")]
    [InlineData("samples(1)/details/origin", """{"country":"SE","rank":1}""")]
    [InlineData("samples?$apply=groupby((groupCode),aggregate($count as n))", """{"groupCode":"field","n":1}|{"groupCode":"north","n":2}|{"groupCode":null,"n":1}""")]
    [InlineData("samples?$apply=groupby((group/code),aggregate(whole with sum as sum))&$orderby=sum desc&$top=1", """{"group":null,"sum":9}""")]
    [InlineData("$crossjoin(samples,groups)?$expand=samples($select=id),groups($select=code)&$filter=samples/groupCode eq groups/code&$top=1", """{"samples":{"id":1},"groups":{"code":"field"}}""")]
    [InlineData("groups?$filter=code eq 'north'&$select=code,Sampling.FundedGroup/sum", """{"code":"north","sum":10000.25}""")]
    public void Ndjson_Query_ReturnsLines(string url, string expected) => Assert.Equal(expected, Lines(Engine, url).Replace('\n', '|').TrimEnd('|'));

    [Fact]
    public void Csv_ExpandedAndGrouped_IsFlattenedByPath()
    {
        var csv = Text(Engine.Get("samples?$filter=id lt 3&$select=id,tags&$expand=group($select=name),children($select=id)&$format=csv"));

        Assert.Equal("id,tags,group/name,children\r\n1,\"[\"\"a\"\",\"\"b\"\"]\",Field work,\"[{\"\"id\"\":3}]\"\r\n2,[],Northern lights,\"[{\"\"id\"\":4}]\"\r\n", csv);
    }

    [Fact]
    public void File_Headers_HaveFormatNameAndRevision()
    {
        var response = Engine.Get("samples?$top=1&$format=csv");

        Assert.Equal("text/csv; charset=utf-8", response.ContentType);
        Assert.Contains(("Content-Disposition", "attachment; filename=\"samples.csv\""), response.Headers);
        Assert.Contains(("OData-Version", "4.0"), response.Headers);
        Assert.Equal("W/\"1.csv\"", response.ETag);
        Assert.Equal(1, response.Revision);
    }

    [Theory]
    [InlineData("samples?$format=CSV", null, "text/csv; charset=utf-8")]
    [InlineData("samples?$format=text/csv", null, "text/csv; charset=utf-8")]
    [InlineData("samples?$format=json", "text/csv", "application/json;odata.metadata=minimal")]
    [InlineData("samples", "text/csv", "text/csv; charset=utf-8")]
    [InlineData("samples", "text/csv;charset=utf-8;q=0.9, application/json;q=0.8", "text/csv; charset=utf-8")]
    [InlineData("samples", "text/csv;q=0.5, application/json", "application/json;odata.metadata=minimal")]
    [InlineData("samples", "application/x-ndjson, */*;q=0.1", "application/x-ndjson")]
    [InlineData("samples", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json;odata.metadata=minimal")]
    public void Format_OptionOrAccept_SelectsFormat(string url, string? accept, string expected)
    {
        var response = accept is null ? Engine.Get(url) : Engine.Get(url, ("Accept", accept));

        Assert.Equal((200, expected), (response.Status, response.ContentType));
    }

    [Fact]
    public void MaxPageSize_File_IsIgnored()
    {
        var paged = new SampleEngine(Options with { Limits = new ODataLimits { MaxPageSize = 1 } }, FixedSamples.Tables);

        var response = paged.Get("samples?$select=id&$format=ndjson", ("Prefer", "maxpagesize=2"));

        Assert.Equal(4, Text(response).Count(letter => letter == '\n'));
        Assert.DoesNotContain(response.Headers, header => header.Name == "Preference-Applied");
    }

    [Theory]
    [InlineData("samples?$format=ndjson&$skip=1&$top=2&$select=id", "{\"id\":2}\n{\"id\":3}\n")]
    [InlineData("samples?$format=ndjson&$filter=false", "")]
    [InlineData("samples?$format=csv&$filter=false&$select=id,name", "id,name\r\n")]
    public void File_TopSkipAndNone_AreApplied(string url, string expected) => Assert.Equal(expected, Text(Engine.Get(url)));

    [Theory]
    [InlineData("samples?$format=nope", 406, "NotAcceptable")]
    [InlineData("samples/$count?$format=csv", 400, "OptionNotAllowed")]
    [InlineData("samples(1)/name?$format=csv", 406, "NotAcceptable")]
    [InlineData("samples(1)/tags?$format=csv", 406, "NotAcceptable")]
    [InlineData("samples/$ref?$format=csv", 406, "NotAcceptable")]
    [InlineData("$all?$format=csv", 406, "NotAcceptable")]
    [InlineData("?$format=csv", 406, "NotAcceptable")]
    [InlineData("$metadata?$format=csv", 406, "NotAcceptable")]
    [InlineData("samples?$format=geojson&$select=id", 406, "NotAcceptable")]
    [InlineData("samples?$format=csv&$count=true", 400, "OptionNotAllowed")]
    [InlineData("samples?$format=csv&lang=fi", 400, "InvalidOption")]
    [InlineData("samples?$format=csv&lang=sv&lang=en", 400, "DuplicateOption")]
    [InlineData("samples?$format=ndjson&lang=sv", 400, "OptionNotAllowed")]
    [InlineData("samples(9)?$format=csv", 404, "NotFound")]
    [InlineData("samples?$format=csv&$filter=nope eq 1", 400, "UnknownProperty")]
    [InlineData("samples?$format=csv&$compute=1 div 0 as x", 400, "DivisionByZero")]
    public void File_Unsupported_IsRejectedBeforeWriting(string url, int status, string code) => Assert.Equal((status, code), Engine.GetError(url));

    [Fact]
    public void File_NullEntity_Returns204() => Assert.Equal(204, Engine.Get("samples(1)/parent?$format=csv").Status);

    [Fact]
    public void MaxExportRows_Exceeded_IsRejected()
    {
        var few = new SampleEngine(Options with { Limits = new ODataLimits { MaxExportRows = 3 } }, FixedSamples.Tables);

        Assert.Equal((400, "LimitExceeded"), few.GetError("samples?$format=csv"));
        Assert.Equal(200, few.Get("samples?$format=csv&$top=3").Status);
    }

    private static void Check(string set, OracleType type, int count)
    {
        var engine = new SampleEngine(Options, SampleModel.Tables(Rows.Samples, Rows.Groups, revision: 1));
        SeededCheck.Run(OracleQueries.ForRequest(type), count, options => Compare(engine, Url(set, options)), options => Url(set, options));
    }

    private static void Compare(SampleEngine engine, string url)
    {
        var items = engine.GetJson(url, ("Accept", "application/json;metadata=none")).GetProperty("value").EnumerateArray().ToList();
        var lines = Lines(engine, url).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.True(items.Count == lines.Count, $"{items.Count} items, {lines.Count} lines\n{Uri.UnescapeDataString(url)}");
        foreach (var (item, line) in items.Zip(lines))
        {
            Assert.True(Same(item, line), $"{item}\n{line}\n{Uri.UnescapeDataString(url)}");
        }
    }

    // In a file, rows of a base type have the properties of derived types as nulls.
    private static bool Same(JsonElement one, JsonElement file) => one.ValueKind switch
    {
        JsonValueKind.Object => file.ValueKind == JsonValueKind.Object
            && one.EnumerateObject().All(member => file.TryGetProperty(member.Name.Replace("@odata.count", "/$count", StringComparison.Ordinal), out var other) && Same(member.Value, other))
            && file.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.Null || member.Value is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 0
                || one.TryGetProperty(member.Name.Replace("/$count", "@odata.count", StringComparison.Ordinal), out _)),
        JsonValueKind.Array => file.ValueKind == JsonValueKind.Array && one.GetArrayLength() == file.GetArrayLength()
            && one.EnumerateArray().Zip(file.EnumerateArray()).All(pair => Same(pair.First, pair.Second)),
        // 2.55 and 2.550 are the same number; the form that is written depends on earlier rows.
        JsonValueKind.Number when one.TryGetDecimal(out var number) && file.ValueKind == JsonValueKind.Number && file.TryGetDecimal(out var same) => number == same,
        _ => one.GetRawText() == file.GetRawText(),
    };

    private static string Url(string set, OracleOptions options) => $"{set}?{string.Join('&', options.Options.Where(text => text != "$count=true").Select(Encoded))}";

    private static string Encoded(string option)
    {
        var split = option.IndexOf('=', StringComparison.Ordinal);
        return option[..(split + 1)] + Uri.EscapeDataString(option[(split + 1)..]);
    }

    private static string Lines(SampleEngine engine, string url) => Text(engine.Get(url + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "$format=ndjson"));

    private static string Text(ODataResponse response)
    {
        Assert.True(response.Status == 200, Encoding.UTF8.GetString(response.Body.Span));
        using var output = new MemoryStream();
        response.WriteContentAsync!(output, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    [Theory]
    [InlineData("3e38")] // Larger than any decimal.
    [InlineData("1e-40")]
    public async Task Workbook_SingleOfAnySize_IsWritten(string number)
    {
        SampleEngine engine = new(new ODataOptions { FileFormats = ExportFormats.ForQueries }, FixedSamples.Tables);
        using MemoryStream file = new();

        await engine.Get($"samples?$compute=cast({number},Edm.Single) as n&$select=n&$format=xlsx").WriteContentAsync!(file, TestContext.Current.CancellationToken);

        using ZipArchive zip = new(file);
        using StreamReader sheet = new(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.Contains($"<v>{double.Parse(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}</v>", await sheet.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
