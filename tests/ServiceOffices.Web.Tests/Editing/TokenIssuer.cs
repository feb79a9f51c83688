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

    public TokenIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(context => context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => context.Response.WriteAsJsonAsync(new { issuer = Issuer, jwks_uri = Issuer + "/keys" }),
            "/keys" => context.Response.WriteAsJsonAsync(new { keys = new[] { JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId }) } }),
            _ => Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound),
        });
    }

    public string Issuer => app.Urls.Single();

    public string[] Settings => [$"--Editing:Authority={Issuer}", $"--Editing:Audience={Audience}"];

    public Task StartAsync() => app.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Creates a token that is valid except where the arguments make it invalid.</summary>
    public string CreateToken(
        string? role, string audience = Audience, string? issuer = null, TimeSpan? expires = null, SigningCredentials? signedBy = null, bool signed = true, string? type = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            Expires = DateTime.UtcNow + (expires ?? TimeSpan.FromHours(1)),
            NotBefore = DateTime.UtcNow - TimeSpan.FromHours(2),
            TokenType = type,
            Claims = new Dictionary<string, object> { ["oid"] = Subject, ["roles"] = role is null ? Array.Empty<string>() : [role] },
            SigningCredentials = signed ? signedBy ?? new SigningCredentials(key, SecurityAlgorithms.RsaSha256) : null,
        });

    /// <summary>Replaces the signing key and publishes the new one.</summary>
    public void RotateKey() => key = CreateKey("second");

    public static SigningCredentials UntrustedCredentials { get; } = new(CreateKey("first"), SecurityAlgorithms.RsaSha256);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static RsaSecurityKey CreateKey(string id) => new(RSA.Create(2048)) { KeyId = id };
}
