using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;
using ServiceOffices.Web.Tests.OpenApi;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Tests the headers that restrict what browsers do with a page.</summary>
public sealed class SecurityHeaderTests(ContractHost host) : IClassFixture<ContractHost>
{
    private const string Hsts = "Strict-Transport-Security";

    // Pages, among them errors of every endpoint that shows errors as pages.
    private static readonly string[] Pages =
    [
        "/", "/?lang=en", "/en", "/kontor", "/en/offices", "/kontor/storuman", "/en/offices/storuman", "/utveckling", "/en/development", "/data", "/en/data",
        "/utvecklare", "/en/developers", "/om", "/en/about", "/docs", "/docs/odata", "/docs/data-dictionary", "/docs/api", "/downloads/",
        "/missing", "/en/missing", "/kontor/missing", "/kontor?county=zz&unknown=1", "/docs/missing",
    ];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_EveryRoute_HasSecurityHeaders()
    {
        var described = OpenApiContract.GetOperations(await OpenApiContract.ReadAsync())
            .Where(operation => operation.Method == "get" && operation.Operation.Security is not { Count: > 0 })
            .Select(operation => host.Url(operation.Path, operation.Operation));
        var pages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Pages.Concat(described).Distinct())
        {
            using var response = await GetAsync(path);
            if (response.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            pages.Add(path);
            Assert.Equal(PortalSite.ContentSecurityPolicy, GetHeader(response, "Content-Security-Policy"));
            Assert.Equal("nosniff", GetHeader(response, "X-Content-Type-Options"));
            Assert.Equal("same-origin", GetHeader(response, "Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", GetHeader(response, "Referrer-Policy"));
            Assert.StartsWith("geolocation=(self), ", GetHeader(response, "Permissions-Policy"), StringComparison.Ordinal);
            // The host listens on http.
            Assert.False(response.Headers.Contains(Hsts), path);
        }

        Assert.Empty(Pages.Except(pages));
    }

    [Theory]
    [InlineData("https", "data.example.se", null, true)]
    [InlineData("http", "data.example.se", null, false)]
    [InlineData("http", "internal.azurewebsites.net", "https://data.example.se", true)]
    [InlineData("http", "internal.azurewebsites.net", "http://data.example.se", false)]
    [InlineData("http", "localhost:7071", "https://data.example.se", false)]
    [InlineData("http", "127.0.0.1:7071", "https://data.example.se", false)]
    public async Task Hsts_Scheme_IsSentForHttpsOnly(string scheme, string requestHost, string? publicUrl, bool isSent)
    {
        var pipeline = new RequestPipeline(NullLogger<RequestPipeline>.Instance, publicUrl: new PublicUrl(publicUrl));

        var response = await HttpExchange.SendAsync(
            context =>
            {
                (context.Request.Scheme, context.Request.Host) = (scheme, new HostString(requestHost));
                return pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, (_, _) => ValueTask.FromResult(HttpProblem.NotFound("Missing.").ToReply()));
            },
            "GET",
            []);

        Assert.Equal(isSent ? "max-age=31536000" : null, (string?)response.Headers.StrictTransportSecurity);
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await host.Client.SendAsync(request, Now);
    }

    private static string? GetHeader(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
