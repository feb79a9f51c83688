using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServiceOffices.Web.Tests.Editing;

/// <summary>A local OpenID Connect provider: its metadata, its public keys, and valid and invalid tokens.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "api://register";
    public const string Subject = "4fbdf8f2-7b6c-4d0e-9c58-0c8d1f5e0a11";

    private readonly WebApplication app;
    private RsaSecurityKey key = CreateKey("first");
    private int metadataRequests;

    public TokenIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(RespondAsync);
    }

    /// <summary>The number of requests for the metadata.</summary>
    public int MetadataRequests => metadataRequests;

    /// <summary>True: the provider returns 503.</summary>
    public bool IsAway { get; set; }

    /// <summary>The end of a pause in which requests for the metadata wait; null for no pause.</summary>
    public Task? Pause { get; set; }

    private async Task RespondAsync(HttpContext context)
    {
        if (IsAway)
        {
            Interlocked.Increment(ref metadataRequests);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        await (context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => WriteMetadataAsync(context),
            "/keys" => context.Response.WriteAsJsonAsync(new { keys = new[] { JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId }) } }),
            _ => Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound),
        });
    }

    private async Task WriteMetadataAsync(HttpContext context)
    {
        Interlocked.Increment(ref metadataRequests);
        await (Pause ?? Task.CompletedTask);
        await context.Response.WriteAsJsonAsync(new { issuer = Issuer, jwks_uri = Issuer + "/keys" });
    }

    public string Issuer => app.Urls.Single();

    public string[] Settings => [$"--Editing:Authority={Issuer}", $"--Editing:Audience={Audience}"];

    public Task StartAsync() => app.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Creates a token that is valid except where the arguments make it invalid.</summary>
    public string CreateToken(
        string? role, string audience = Audience, string? issuer = null, TimeSpan? expires = null, SigningCredentials? signedBy = null, bool signed = true, string? type = null,
        (string Name, object Value)[]? claims = null, (string Name, object Value)? header = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            Expires = DateTime.UtcNow + (expires ?? TimeSpan.FromHours(1)),
            NotBefore = DateTime.UtcNow - TimeSpan.FromHours(2),
            TokenType = type,
            // A token of Entra ID names its client by azp and azpacr.
            Claims = new (string, object)[] { ("oid", Subject), ("roles", role is null ? Array.Empty<string>() : [role]) }.Concat(claims ?? [("azp", "client"), ("azpacr", "1")])
                .ToDictionary(claim => claim.Item1, claim => claim.Item2),
            AdditionalHeaderClaims = header is { } added ? new Dictionary<string, object> { [added.Name] = added.Value } : null,
            SigningCredentials = signed ? signedBy ?? new SigningCredentials(key, SecurityAlgorithms.RsaSha256) : null,
        });

    /// <summary>Replaces the signing key and publishes the new one.</summary>
    public void RotateKey() => key = CreateKey("second");

    public static SigningCredentials UntrustedCredentials { get; } = CreateCredentials("first");

    /// <summary>Creates a key that the provider does not know.</summary>
    public static SigningCredentials CreateCredentials(string keyId) => new(CreateKey(keyId), SecurityAlgorithms.RsaSha256);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static RsaSecurityKey CreateKey(string id) => new(RSA.Create(2048)) { KeyId = id };
}
