using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Microsoft.OpenApi;
using ServiceOffices.LocalHost.Commands;
using ServiceOffices.Publishing;
using ServiceOffices.Storage;
using ServiceOffices.Testing;
using ServiceOffices.Web.Tests.OpenApi;

namespace ServiceOffices.Web.Tests.Editing;

/// <summary>Tests access to every path of the contract by every method with every credential.</summary>
public sealed class AccessTests(ContractHost host) : IClassFixture<ContractHost>
{
    private static readonly string DocumentPath = Repository.PathTo("docs", "editing-access.md");

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private (string Name, string? Field, string? Value)[] Credentials =>
    [
        ("none", null, null),
        ("wrong key", "x-functions-key", "not the key"),
        ("function key", "x-functions-key", ContractHost.Key),
        ("token for others", "Authorization", "Bearer " + host.Issuer.CreateToken("register.write", audience: "api://other")),
        ("reader", "Authorization", "Bearer " + host.Issuer.CreateToken("register.read")),
        ("writer", "Authorization", "Bearer " + host.Issuer.CreateToken("register.write")),
    ];

    [Fact]
    public async Task Documentation_EachPathMethodAndCredential_MatchesHost()
    {
        var table = new StringBuilder("""
            # Access by route

            The status that each path of the API description returns for every method and credential. A test sends all requests and
            generates this page ([editing](editing.md#access) explains the credentials). The requests have no content and no
            conditions, so an editor with permission to write receives 400, 415 or 428.

            ## Public

            The responses are the same for all credentials. No request writes.

            | path |
            """);
        table.Append(CultureInfo.InvariantCulture, $" {string.Join(" | ", Methods)} |\n|---|{string.Concat(Methods.Select(_ => "---|"))}\n");
        var guarded = new StringBuilder();
        foreach (var (path, operation) in await PathsAsync())
        {
            var rows = new List<(string Method, int[] Statuses)>();
            foreach (var method in Methods)
            {
                rows.Add((method, await StatusesAsync(method, host.Url(path, operation))));
            }

            if (operation.Security is not { Count: > 0 })
            {
                Assert.All(rows, row => Assert.True(row.Statuses.Distinct().Count() == 1, $"The documented statuses of {row.Method} {path} differ."));
                table.Append(CultureInfo.InvariantCulture, $"| `{path}` | {string.Join(" | ", rows.Select(row => row.Statuses[0]))} |\n");
            }
            else
            {
                foreach (var (method, statuses) in rows)
                {
                    guarded.Append(CultureInfo.InvariantCulture, $"| `{path}` | {method} | {string.Join(" | ", statuses)} |\n");
                }
            }
        }

        table.Append(CultureInfo.InvariantCulture, $"\n## Editors\n\n| path | method | {string.Join(" | ", Credentials.Select(credential => credential.Name))} |\n")
            .Append(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(Credentials.Select(_ => "---|"))}\n")
            .Append(guarded);
        var text = table.ToString();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Repository.IsCI)
        {
            await File.WriteAllTextAsync(DocumentPath, text, Now);
        }

        Assert.Equal(await File.ReadAllTextAsync(DocumentPath, Now), text);
    }

    [Fact]
    public async Task ProtectedPath_WithoutCredential_IsDenied()
    {
        foreach (var (path, operation) in (await PathsAsync()).Where(path => path.Operation.Security is { Count: > 0 }))
        {
            var isByKey = path.StartsWith("/register/", StringComparison.Ordinal);
            foreach (var method in Methods)
            {
                var statuses = await StatusesAsync(method, host.Url(path, operation));
                var let = Credentials.Zip(statuses).Where(pair => pair.Second is not (401 or 403 or 405) && method != "OPTIONS").Select(pair => pair.First.Name);
                string[] mayBe = isByKey ? ["function key"] : method is "GET" or "HEAD" ? ["reader", "writer"] : ["writer"];
                Assert.All(let, name => Assert.Contains(name, mayBe));
            }
        }
    }

    [Fact]
    public async Task PublicPath_AnyMethodWithCredential_WritesNothing()
    {
        var register = host.Services.GetRequiredService<IRegisterStore>();
        var current = host.Services.GetRequiredService<CurrentPublication>();
        var before = await StateAsync();
        var credentials = Credentials;
        foreach (var (path, operation) in (await PathsAsync()).Where(path => path.Operation.Security is not { Count: > 0 }))
        {
            foreach (var method in Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), host.Url(path, operation));
                request.Headers.Add("x-functions-key", ContractHost.Key);
                request.Headers.Add("Authorization", credentials[^1].Value);
                request.Headers.TryAddWithoutValidation("If-Match", "*");
                request.Content = new StringContent("""{"id": "storuman", "name": "Taken over", "locationPrecision": "none"}""", Encoding.UTF8, "application/json");
                using var response = await host.Client.SendAsync(request, Now);
                Assert.True((int)response.StatusCode is < 500 or 501, $"{method} {path}: {(int)response.StatusCode}");
            }
        }

        Assert.Equal(before, await StateAsync());

        async Task<string> StateAsync()
        {
            var content = await register.ReadAllAsync(Now);
            var audit = await register.ReadAuditAsync(null, DateTimeOffset.MinValue.AddYears(1900), 100_000, Now);
            return $"{string.Join(',', content.Entries.Select(stored => stored.ETag))} {audit.Count} {(await current.LoadLatestAsync(Now))?.Publication.Revision}";
        }
    }

    [Theory]
    [InlineData("expired", "The token has expired.")]
    [InlineData("other issuer", "The token is from another issuer.")]
    [InlineData("other audience", "The token is for another audience.")]
    [InlineData("stranger's key", "The signature of the token is invalid.")]
    [InlineData("not signed", "The token must be signed with RS256, PS256, ES256.")]
    [InlineData("symmetric", "The token must be signed with RS256, PS256, ES256.")]
    [InlineData("cut", "The signature of the token is invalid.")]
    [InlineData("other type", "The token is not an access token. An ID token shows who has signed in, but gives no access.")]
    public async Task Token_Invalid_Returns401WithReason(string defect, string reason)
    {
        var token = defect switch
        {
            "expired" => host.Issuer.CreateToken("register.write", expires: -TimeSpan.FromMinutes(2)),
            "other issuer" => host.Issuer.CreateToken("register.write", issuer: "https://login.example.se"),
            "other audience" => host.Issuer.CreateToken("register.write", audience: "other"),
            "stranger's key" => host.Issuer.CreateToken("register.write", signedBy: TokenIssuer.UntrustedCredentials),
            "not signed" => host.Issuer.CreateToken("register.write", signed: false),
            "symmetric" => host.Issuer.CreateToken("register.write", signedBy: new SigningCredentials(new SymmetricSecurityKey(new byte[64]), SecurityAlgorithms.HmacSha256)),
            "other type" => host.Issuer.CreateToken("register.write", type: "id+jwt"),
            _ => host.Issuer.CreateToken("register.write")[..^40],
        };

        using var response = await GetWithTokenAsync(token);

        var detail = await response.Content.ReadAsStringAsync(Now);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
        Assert.Contains(reason, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("IDX", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_WithoutRole_Returns403()
    {
        using var response = await GetWithTokenAsync(host.Issuer.CreateToken(null));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Edit_ByToken_IsAuditedBySubject()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/entra/register/offices/torsby?reason=prov")
        {
            Content = new StringContent("""{"phone": "010333"}""", Encoding.UTF8, "application/merge-patch+json"),
        };
        request.Headers.Add("Authorization", "Bearer " + host.Issuer.CreateToken("register.write"));
        request.Headers.TryAddWithoutValidation("If-Match", "*");

        using var response = await host.Client.SendAsync(request, Now);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var audit = (await host.Services.GetRequiredService<IRegisterStore>().ReadAuditAsync("torsby", DateTimeOffset.UnixEpoch, 10, Now))[0];
        Assert.Equal((TokenIssuer.Subject, "changed", "prov", "phone"), (audit.Signature.By, audit.Action, audit.Signature.Reason, Assert.Single(audit.Changed)));
    }

    [Theory]
    [InlineData("register.read", CommandLineApp.ExitSuccess, CommandLineApp.ExitFailed)]
    [InlineData("register.write", CommandLineApp.ExitSuccess, CommandLineApp.ExitSuccess)]
    [InlineData(null, CommandLineApp.ExitFailed, CommandLineApp.ExitFailed)]
    public async Task Command_WithToken_HasPermissionsOfRole(string? role, int exported, int published)
    {
        string[] connection = ["--url", host.Client.BaseAddress!.ToString(), "--token", host.Issuer.CreateToken(role)];
        using TemporaryFolder folder = new();

        Assert.Equal(exported, await CommandLineApp.RunAsync(["export", Path.Combine(folder.Path, "register.json"), .. connection], cancellationToken: Now));
        Assert.Equal(published, await CommandLineApp.RunAsync(["publish", .. connection], cancellationToken: Now));
    }

    private async Task<HttpResponseMessage> GetWithTokenAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/entra/register/offices");
        request.Headers.Add("Authorization", "Bearer " + token);
        return await host.Client.SendAsync(request, Now);
    }

    private static async Task<IEnumerable<(string Path, OpenApiOperation Operation)>> PathsAsync() =>
        OpenApiContract.GetOperations(await OpenApiContract.ReadAsync())
            .Select(operation => (operation.Path, operation.Operation))
            // The contract lists one path below /entra/ and states that the others are equivalent.
            .SelectMany(path => path.Path.StartsWith("/register/", StringComparison.Ordinal) ? [path, ("/entra" + path.Path, path.Operation)] : new[] { path })
            .DistinctBy(path => path.Path)
            .OrderBy(path => path.Path, StringComparer.Ordinal);

    private async Task<int[]> StatusesAsync(string method, string url)
    {
        var statuses = new List<int>();
        foreach (var (_, field, value) in Credentials)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), url);
            if (field is not null)
            {
                request.Headers.TryAddWithoutValidation(field, value);
            }

            using var response = await host.Client.SendAsync(request, Now);
            statuses.Add((int)response.StatusCode);
        }

        return [.. statuses];
    }
}
