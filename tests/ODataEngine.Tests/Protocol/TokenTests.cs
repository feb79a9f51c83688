using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary>nextLinks and deltaLinks work unchanged; changed ones are rejected.</summary>
public sealed class TokenTests
{
    private static readonly Sample[] First = [Sample(1, "one"), Sample(2, "two"), Sample(3, "three")];

    private readonly SampleEngine engine = new(
        null,
        SampleModel.Tables(First, [], revision: 1),
        SampleModel.Tables([Sample(1, "one"), Sample(2, "zwei")], [], revision: 2),
        SampleModel.Tables([Sample(1, "one"), Sample(2, "zwei"), Sample(4, "four")], [], revision: 3));

    [Fact]
    public void DeltaLink_Followed_ReturnsChanges()
    {
        var delta = engine.GetJson(Link("samples?$select=id,text", revision: 1));

        Assert.Equal(
            ["2", "4", "samples(3)"],
            delta.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("id").ToString()));
        Assert.Empty(engine.GetJson(delta.GetProperty("@odata.deltaLink").GetString()![SampleEngine.Root.Length..]).GetProperty("value").EnumerateArray());
    }

    [Fact]
    public void DeltaLink_OptionOrderAndEncoding_DoNotMatter()
    {
        var link = Link("samples?$select=id&$filter=id gt 0", revision: 1);
        var parts = link.Split('?')[1].Split('&');

        Assert.Equal(200, engine.Get("samples?" + string.Join('&', parts.Reverse()).Replace(" ", "+", StringComparison.Ordinal) + "&cache=1").Status);
    }

    [Fact]
    public void DeltaToken_Tampered_Returns400()
    {
        var token = Token(Link("samples", revision: 1));

        for (var length = 0; length < token.Length; length++)
        {
            Assert.Equal((400, "InvalidToken"), engine.GetError("samples?$deltatoken=" + token[..length]));
        }

        for (var index = 0; index < token.Length; index++)
        {
            var other = token[index] == '7' ? '8' : '7';
            Assert.Equal(400, engine.GetError("samples?$deltatoken=" + token[..index] + other + token[(index + 1)..]).Status);
        }
    }

    [Theory]
    [InlineData("samples?$deltatoken=1")]
    [InlineData("samples?$deltatoken=-1")]
    [InlineData("samples?$deltatoken=abc")]
    [InlineData("samples?$deltatoken=9-0123456789ab")]
    [InlineData("samples?$deltatoken=0-0123456789ab")]
    [InlineData("samples?$deltatoken=99999999999999999999-0123456789ab")]
    [InlineData("samples?$skiptoken=1-2")]
    [InlineData("samples?$skiptoken=1-2-0123456789ab")]
    [InlineData("samples?$skiptoken=9-2-0123456789ab")]
    [InlineData("samples?$skiptoken=")]
    public void Token_Forged_Returns400(string url) => Assert.Equal((400, "InvalidToken"), engine.GetError(url));

    [Theory]
    [InlineData("groups?{0}")]
    [InlineData("samples?{0}&$filter=id eq 2")]
    [InlineData("samples?{0}&$select=id")]
    [InlineData("samples?{0}&$expand=group")]
    [InlineData("samples?{0}&filter=id eq 2")]
    [InlineData("samples?{0}&@a=1")]
    public void DeltaToken_WithOtherOptions_Returns400(string url)
    {
        var token = "$deltatoken=" + Token(Link("samples", revision: 1));

        Assert.Equal((400, "InvalidToken"), engine.GetError(string.Format(null, url, token)));
    }

    [Theory]
    [InlineData("samples?{0}&$top=2", "OptionNotAllowed")]
    [InlineData("samples?{0}&$skip=2", "OptionNotAllowed")]
    [InlineData("samples?{0}&$apply=filter(id eq 1)", "OptionNotAllowed")]
    [InlineData("samples?{0}&revision=1", "OptionNotAllowed")]
    [InlineData("samples?{0}&$at=2022-06-30", "OptionNotAllowed")]
    [InlineData("samples(1)?{0}", "OptionNotAllowed")]
    [InlineData("samples/$ref?{0}", "OptionNotAllowed")]
    [InlineData("samples?{0}&$deltatoken=1", "DuplicateOption")]
    public void DeltaToken_WithForbiddenOptions_Returns400(string url, string code)
    {
        var token = "$deltatoken=" + Token(Link("samples", revision: 1));

        Assert.Equal((400, code), engine.GetError(string.Format(null, url, token)));
    }

    // The same revision number of a restored service, or of another one.
    [Fact]
    public void DeltaToken_OfOtherService_Returns400()
    {
        var other = new SampleEngine(null, SampleModel.Tables(First, [], revision: 1, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var token = Token(GetDeltaLink(other, "samples"));

        Assert.Equal((400, "InvalidToken"), engine.GetError("samples?$deltatoken=" + token));
    }

    [Fact]
    public void DeltaToken_ExpiredRevision_Returns410()
    {
        var token = Token(Link("samples", revision: 1));
        var later = new SampleEngine(null, SampleModel.Tables(First, [], revision: 3));

        Assert.Equal((410, "RevisionGone"), later.GetError("samples?$deltatoken=" + token));
    }

    [Fact]
    public void SkipToken_TamperedOrOtherQuery_Returns400()
    {
        var link = engine.GetJson("samples?$orderby=id", ("Prefer", "maxpagesize=1")).GetProperty("@odata.nextLink").GetString()!;
        var token = link[(link.IndexOf("$skiptoken=", StringComparison.Ordinal) + "$skiptoken=".Length)..];

        Assert.Equal(200, engine.Get("samples?$orderby=id&$skiptoken=" + token).Status);
        Assert.Equal((400, "InvalidToken"), engine.GetError("samples?$orderby=id desc&$skiptoken=" + token));
        Assert.Equal((400, "InvalidToken"), engine.GetError("samples?$skiptoken=" + token));
        Assert.Equal((400, "InvalidToken"), engine.GetError("samples?$orderby=id&$skiptoken=" + token[..^1]));
        Assert.Equal((400, "InvalidToken"), engine.GetError("samples?$orderby=id&$skiptoken=" + token[1..]));
        Assert.Equal((400, "InvalidToken"), engine.GetError("samples?$orderby=id&revision=3&$skiptoken=" + token));
    }

    /// <summary>Gets the delta link that a client received when a revision was current.</summary>
    private static string Link(string url, long revision) =>
        GetDeltaLink(new SampleEngine(null, SampleModel.Tables(First, [], revision)), url);

    private static string GetDeltaLink(SampleEngine engine, string url) =>
        engine.GetJson(url, ("Prefer", "track-changes")).GetProperty("@odata.deltaLink").GetString()![SampleEngine.Root.Length..];

    private static string Token(string link) => link[(link.IndexOf("$deltatoken=", StringComparison.Ordinal) + "$deltatoken=".Length)..];

    private static Sample Sample(int id, string text) => new() { Id = id, Text = text };
}
