using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class MediaChoiceTests
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html", "text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")] // a browser
    [InlineData("application/json;q=0.5, text/html;q=0.4", "application/json")]
    [InlineData("application/json;q=0.4, text/html;q=0.5", "text/html")]
    [InlineData("text/*, application/json;q=0.9", "text/html")]
    [InlineData("*/*;q=0.5, application/json;q=0", "text/html")] // RFC 9110, 12.5.1: the specific range has precedence, and q=0 means not acceptable
    [InlineData("image/png", "application/json")]
    [InlineData("not a media type", "application/json")]
    public void Select_AcceptHeader_ReturnsBestMatch(string? accept, string expected)
    {
        Assert.Equal(expected, MediaTypeNegotiator.Select(accept, "application/json", "text/html"));
    }
}
