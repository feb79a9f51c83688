using System.Text;
using ODataEngine.Protocol.Negotiation;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary>Requests that public reports about other services describe, with the section that decides each.</summary>
public sealed class StandardConformanceTests
{
    private static readonly SampleEngine Engine = new(null, FixedSamples.Tables);

    [Theory]
    // RFC 7240, 2: the first of several.
    [InlineData("maxpagesize=2, maxpagesize=3", "maxpagesize=2")]
    [InlineData("maxpagesize=x, maxpagesize=3", null)]
    // OData 4.01 Part 1, 8.2.8.5: the name without a prefix takes precedence.
    [InlineData("maxpagesize=3,odata.maxpagesize=2", "maxpagesize=3")]
    [InlineData("odata.maxpagesize=2,maxpagesize=3", "maxpagesize=3")]
    [InlineData("odata.maxpagesize=2", "odata.maxpagesize=2")]
    // RFC 7240, 2: separators in a quoted string.
    [InlineData("foo=\"a, maxpagesize=9\", maxpagesize=2", "maxpagesize=2")]
    [InlineData("MaxPageSize=\"2\";x=1", "maxpagesize=2")]
    public void Prefer_SeveralPageSizes_AppliesFirstWithoutPrefix(string prefer, string? applied)
    {
        var response = Engine.Get("samples", ("Prefer", prefer));

        Assert.Equal(applied, response.Headers.FirstOrDefault(header => header.Name == "Preference-Applied").Value);
    }

    [Theory]
    [InlineData("true, continue-on-error=false", true)]
    [InlineData("false, continue-on-error", false)]
    public void Prefer_SeveralContinueOnError_AppliesFirst(string value, bool expected) =>
        Assert.Equal(expected, Preferences.Parse("continue-on-error=" + value).ContinueOnError);

    // OData 4.01 Part 1, 11.2.4.1.
    [Fact]
    public void Value_GeographyPoint_IsWellKnownText()
    {
        var response = Engine.Get("samples(2)/place/$value");

        Assert.Equal((200, "text/plain"), (response.Status, response.ContentType));
        Assert.Equal("POINT (18.07 59.33)", Encoding.UTF8.GetString(response.Body.Span));
    }

    // OData 4.01 Part 1, 8.2.1: no charset that was not requested; without one, text/plain is ASCII (RFC 2046, 4.1.2).
    [Theory]
    [InlineData("samples(2)/id/$value", "text/plain")]
    [InlineData("samples(2)/name/$value", "text/plain;charset=utf-8")]
    public void Value_Text_HasCharsetWhereNotAscii(string url, string contentType) => Assert.Equal(contentType, Engine.Get(url).ContentType);

    // RFC 2046, 5.1.1: a boundary can contain a comma, in quotes.
    [Fact]
    public void Batch_BoundaryWithComma_IsAccepted()
    {
        var response = Engine.Batch(
            "multipart/mixed; boundary=\"a,b\"", "--a,b\r\nContent-Type: application/http\r\n\r\nGET samples(1) HTTP/1.1\r\n\r\n\r\n--a,b--\r\n");

        Assert.Equal(200, response.Status);
    }

    [Theory]
    // OData 4.01 Part 1, 11.2.12: a schema version that does not exist.
    [InlineData("samples?$schemaversion=999", 404)]
    [InlineData("$metadata?$schemaversion=999", 404)]
    [InlineData("samples?$schemaversion=*", 200)]
    // 11.2.3: no media entity.
    [InlineData("samples(1)/$value", 400)]
    // 11.7: a batch is a POST.
    [InlineData("$batch", 405)]
    public void Get_Path_ReturnsStatus(string url, int status) => Assert.Equal(status, Engine.Get(url).Status);

    [Fact]
    public void Get_Batch_NamesAllowedMethods() =>
        Assert.Equal("POST, OPTIONS", Engine.Get("$batch").Headers.First(header => header.Name == "Allow").Value);

    [Theory]
    // RFC 9110, 12.5.1: the most specific range decides.
    [InlineData("application/json;q=0, */*", 406)]
    [InlineData("application/*;q=0, */*;q=0.5", 406)]
    [InlineData("*/*;q=0, application/json", 200)]
    [InlineData("application/json;metadata=full;q=0, */*", 200)]
    public void Accept_JsonExcluded_Returns406(string accept, int status) => Assert.Equal(status, Engine.Get("samples", ("Accept", accept)).Status);

    // OData JSON Format 4.01, 8.1: links of selected navigation properties only.
    [Theory]
    [InlineData("samples?$select=id&$top=1", "")]
    [InlineData("samples?$select=id,group&$top=1", "group")]
    public void FullMetadata_Select_HasLinksOfSelectedNavigation(string url, string names)
    {
        var row = Engine.GetJson(url, ("Accept", "application/json;metadata=full")).GetProperty("value")[0];

        var linked = row.EnumerateObject().Where(member => member.Name.EndsWith("@odata.navigationLink", StringComparison.Ordinal)).Select(member => member.Name.Split('@')[0]);
        Assert.Equal(names, string.Join(' ', linked));
    }

    [Theory]
    // RFC 9110, 12.5.1: a server chooses between formats of the same quality; axios and odata2ts send the third.
    [InlineData(null, "application/xml")]
    [InlineData("*/*", "application/xml")]
    [InlineData("application/json, text/plain, */*", "application/xml")]
    [InlineData("application/json, application/xml", "application/xml")]
    [InlineData("application/*, application/json", "application/xml")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json;odata.metadata=minimal", "application/json")]
    [InlineData("application/json, */*;q=0.8", "application/json")]
    [InlineData("application/xml;q=0.5, application/json", "application/json")]
    [InlineData("application/xml;q=0, */*", "application/json")]
    [InlineData("text/html", null)]
    public void Accept_OfMetadata_SelectsFormat(string? accept, string? contentType)
    {
        var response = accept is null ? Engine.Get("$metadata") : Engine.Get("$metadata", ("Accept", accept));

        Assert.Equal((contentType is null ? 406 : 200, contentType ?? "application/json"), (response.Status, response.ContentType));
    }

    [Theory]
    [InlineData("json", "application/json")]
    [InlineData("xml", "application/xml")]
    [InlineData("application/json", "application/json")]
    [InlineData("", null)]
    [InlineData("atom", null)]
    public void Format_OfMetadata_OverridesAccept(string format, string? contentType)
    {
        var response = Engine.Get("$metadata?$format=" + format, ("Accept", "*/*"));

        Assert.Equal((contentType is null ? 406 : 200, contentType ?? "application/json"), (response.Status, response.ContentType));
    }

    [Theory]
    // ECMA-262, 22.2.2 (OData 4.01 Part 2, 5.1.1.7.1).
    [InlineData("'٣','^\\d$'", false)]
    [InlineData("'3','^\\d$'", true)]
    [InlineData("'å','^\\w$'", false)]
    [InlineData("'å','^\\W$'", true)]
    [InlineData("'abc\n','c$'", false)]
    [InlineData("'abc','c$'", true)]
    [InlineData("'x','[^]'", true)]
    [InlineData("'x','[]'", false)]
    [InlineData("'A1z','^\\A1\\z$'", true)]
    [InlineData("'1','\\A1\\z'", false)]
    [InlineData("'\uFEFF','^\\s$'", true)]
    [InlineData("'\u0085','^\\s$'", false)]
    [InlineData("'\uFEFF','^\\S$'", false)]
    [InlineData("'a\u2028b','a.b'", false)]
    [InlineData("'[','^[a-z[]$'", true)]
    [InlineData("'b','^[a-z-[b]$'", true)]
    [InlineData("'9','^[\\w-]$'", true)]
    [InlineData("'-','^[\\w-]$'", true)]
    [InlineData("'å','^[^\\W]$'", false)]
    [InlineData("'$','^\\$$'", true)]
    [InlineData("'$','^[$.]$'", true)]
    [InlineData("'ab','^(?<first>a)(?:b)$'", true)]
    public void MatchesPattern_EcmaScript_Matches(string arguments, bool expected)
    {
        var url = $"samples?$top=1&$compute=matchesPattern({Uri.EscapeDataString(arguments)}) as m&$select=id,m";

        Assert.Equal(expected, Engine.GetJson(url).GetProperty("value")[0].GetProperty("m").GetBoolean());
    }

    [Theory]
    [InlineData("(?i)a")]
    [InlineData("(?>a)")]
    [InlineData("(?#a)")]
    [InlineData("(?<a-b>c)")]
    [InlineData("a\\")]
    [InlineData("[a")]
    [InlineData("(?=a)")]
    public void MatchesPattern_NotEcmaScript_Returns400(string pattern) =>
        Assert.Equal((400, ODataErrorCodes.InvalidPattern), Engine.GetError($"samples?$filter=matchesPattern(name,'{Uri.EscapeDataString(pattern)}')"));
}
