using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Endpoints;

public sealed class SecurityTxtEndpointTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Contact_Configured_ReturnsFields()
    {
        var response = await GetAsync(new() { ContactEmail = "open data@example.se", ContactPage = "https://example.se/contact" }, "https://data.example.se");

        Assert.Equal((200, "text/plain; charset=utf-8"), (response.Status, response.Headers.ContentType.ToString()));
        Assert.Equal(
            "Contact: mailto:open%20data@example.se\r\nContact: https://example.se/contact\r\nExpires: 2027-02-28T00:00:00Z\r\n"
            + "Preferred-Languages: sv, en\r\nCanonical: https://data.example.se/.well-known/security.txt\r\n",
            Encoding.UTF8.GetString(response.Body));
    }

    [Fact]
    public async Task Expires_AnyDay_IsInFutureAndWithinYear()
    {
        var response = await GetAsync(new() { ContactEmail = "a@example.se" }, null);

        var line = Assert.Single(Encoding.UTF8.GetString(response.Body).Split("\r\n"), line => line.StartsWith("Expires: ", StringComparison.Ordinal));
        var expires = DateTimeOffset.Parse(line["Expires: ".Length..], CultureInfo.InvariantCulture);
        Assert.InRange(expires - Time.GetUtcNow(), TimeSpan.FromDays(30), TimeSpan.FromDays(365));
    }

    [Fact]
    public async Task Http_Urls_AreLeftOut()
    {
        // RFC 9116 requires https for web addresses.
        var response = await GetAsync(new() { ContactEmail = "a@example.se", ContactPage = "http://example.se/" }, null);

        Assert.DoesNotContain("http:", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
        Assert.DoesNotContain("Canonical", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://example.se/contact")]
    public async Task Contact_Missing_Returns404WithExplanation(string? page)
    {
        var response = await GetAsync(new() { ContactPage = page }, null);

        Assert.Equal((404, "application/problem+json"), (response.Status, response.Headers.ContentType.ToString()));
        Assert.Contains("Catalog:ContactEmail", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
    }

    private static Task<HttpExchange> GetAsync(CatalogOptions options, string? publicUrl)
    {
        var endpoint = new SecurityTxtEndpoint(new RequestPipeline(NullLogger<RequestPipeline>.Instance), new PublicUrl(publicUrl), options, Time);
        return HttpExchange.SendAsync(endpoint.HandleAsync, HttpMethods.Get, [], "/.well-known/security.txt");
    }
}
