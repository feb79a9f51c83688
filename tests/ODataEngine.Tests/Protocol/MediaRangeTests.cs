using System.Diagnostics;
using System.Globalization;
using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Tests.Protocol;

public sealed class MediaRangeTests
{
    [Theory]
    [InlineData("application/json", "application/json 1")]
    [InlineData("APPLICATION/JSON;IEEE754Compatible=TRUE", "application/json 1 ieee754compatible=TRUE")]
    [InlineData("application/json;odata.metadata=full;q=0.5", "application/json 0.5 odata.metadata=full")]
    [InlineData("application/json ; charset=\"utf-8\" ; q = 0.3", "application/json 0.3 charset=utf-8")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html 1|application/xhtml+xml 1|application/xml 0.9|*/* 0.8")]
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "text/html 1|image/gif 1|image/jpeg 1|*/* 0.2")] // an old Java client
    [InlineData("multipart/mixed;boundary=\"a,b;c\"", "multipart/mixed 1 boundary=a,b;c")] // RFC 9110, 5.6.4
    [InlineData("application/json;", "application/json 1")]
    [InlineData(",, application/json,", "application/json 1")] // RFC 9110, 5.6.1.2
    [InlineData("application/json;streaming", "application/json 1 streaming=")]
    [InlineData("application/json;q=2", "application/json 1")]
    [InlineData("application/json;q=x", "application/json 0")]
    [InlineData("json, text/csv", "text/csv 1")]
    [InlineData("atom", "")]
    [InlineData("", "")]
    public void Parse_Header_ReturnsRanges(string header, string expected) =>
        Assert.Equal(expected, string.Join('|', MediaRange.Parse(header).Select(Format)));

    [Fact]
    public void Parse_CommonHeader_IsParsedOnce()
    {
        // Equal immutable arrays share their memory.
        Assert.True(MediaRange.Parse("application/json;odata.metadata=minimal") == MediaRange.Parse("application/json;odata.metadata=minimal"));
    }

    [Fact]
    public void Parse_LongMalformedHeader_IsRejectedFast()
    {
        var started = Stopwatch.GetTimestamp();

        Assert.Empty(MediaRange.Parse(new string('a', 30_000)));
        Assert.Empty(MediaRange.Parse(new string('a', 4_000)));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 1);
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*;q=0.1", "application/json")]
    [InlineData("text/*;q=0.5, */*;q=0.4", "text/csv")]
    [InlineData("application/json;q=0, */*", "text/csv")] // RFC 9110, 12.5.1: the specific range decides
    [InlineData("text/csv, application/json", "application/json")] // equally acceptable: the first offered
    [InlineData("text/csv;header=absent;q=0.1, text/csv;q=0.9, application/json;q=0.5", "text/csv")]
    [InlineData("image/png", null)]
    [InlineData("application/json;q=0", null)]
    public void SelectBest_Accept_ReturnsMostAcceptable(string? accept, string? expected) =>
        Assert.Equal(expected, MediaRange.SelectBest(accept, "application/json", "text/csv"));

    private static string Format(MediaRange range) =>
        string.Join(' ', range.Parameters.Select(parameter => $"{parameter.Name}={parameter.Value}").Prepend(string.Create(CultureInfo.InvariantCulture, $"{range.Type} {range.Quality:0.##}")));
}
