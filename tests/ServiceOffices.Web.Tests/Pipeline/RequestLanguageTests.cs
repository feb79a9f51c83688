using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class RequestLanguageTests
{
    [Theory]
    [InlineData("", null, "sv")]
    [InlineData("", "en", "en")]
    [InlineData("", "en-GB,en;q=0.9,sv;q=0.8", "en")]
    [InlineData("", "sv-FI, en", "sv")]
    [InlineData("", "de, fr", "sv")]
    [InlineData("", "de, en;q=0.2", "en")]
    [InlineData("", "sv;q=0, en;q=0.1", "en")]
    [InlineData("", ";;", "sv")]
    [InlineData("?lang=en", "sv", "en")]
    [InlineData("?lang=SV", "en", "sv")]
    [InlineData("?lang=xx", "en", "en")]
    public void Get_Request_ReturnsPreferredLanguage(string query, string? acceptLanguage, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        request.Headers.AcceptLanguage = acceptLanguage;

        Assert.Equal(expected, Language.FromRequest(request).Tag);
    }
}
