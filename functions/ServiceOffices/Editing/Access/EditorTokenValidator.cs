using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ServiceOffices.Editing.Access;

/// <summary>
/// Knows editors by the access tokens of one tenant of Entra ID, or of any other OpenID Connect provider. Issuer and
/// signing keys come from the provider's own description, and are asked for again when a key is not known.
/// </summary>
public sealed class EditorTokenValidator : IDisposable
{
    private const string ReadRole = "register.read";
    private const string WriteRole = "register.write";
    private const int MaxSubjectLength = 200;

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly HttpClient httpClient;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> configuration;
    private readonly TokenValidationParameters parameters;

    /// <param name="authority">Such as https://login.microsoftonline.com/{tenant}/v2.0; plain http only of this machine.</param>
    /// <param name="audience">The register's application id in the tenant.</param>
    public EditorTokenValidator(Uri authority, string audience)
    {
        httpClient = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        configuration = new ConfigurationManager<OpenIdConnectConfiguration>(
            authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(httpClient) { RequireHttps = !authority.IsLoopback });
        parameters = new TokenValidationParameters
        {
            ConfigurationManager = configuration,
            ValidAudience = audience,
            ValidateIssuer = true,
            ValidateAudience = true,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            // Asymmetric alone: a symmetric key would be the provider's public one.
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            ValidTypes = ["JWT", "at+jwt"],
            ClockSkew = TimeSpan.FromMinutes(1),
        };
    }

    /// <returns>The editor, or null with why the token is not taken, in plain English for its holder.</returns>
    /// <exception cref="IdentityProviderUnavailableException">The provider's keys cannot be read.</exception>
    public async Task<(Editor? Editor, string? WhyNot)> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            await configuration.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            throw new IdentityProviderUnavailableException("The identity provider does not answer.", e);
        }

        var result = await handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid)
        {
            return (null, GetRejectionReason(result.Exception));
        }

        var claims = result.ClaimsIdentity;
        // Entra's oid is one person's or program's in every application; sub alone is what the standard asks for.
        var subject = claims.FindFirst("oid")?.Value ?? claims.FindFirst("sub")?.Value;
        if (string.IsNullOrWhiteSpace(subject) || subject.Length > MaxSubjectLength)
        {
            return (null, "The token names no subject (oid or sub).");
        }

        var mayWrite = claims.HasClaim("roles", WriteRole);
        return (new Editor(subject, mayWrite || claims.HasClaim("roles", ReadRole), mayWrite), null);
    }

    // Which check failed and no more: the exceptions' own messages tell of keys.
    private static string GetRejectionReason(Exception? exception) => exception switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenNoExpirationException => "The token never expires.",
        SecurityTokenInvalidAudienceException => "The token is for another audience.",
        SecurityTokenInvalidIssuerException => "The token is of another issuer.",
        SecurityTokenSignatureKeyNotFoundException => "The token is signed with a key that is not the issuer's.",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => "The token's signature does not fit.",
        _ => "The token cannot be read as a signed JSON Web Token.",
    };

    public void Dispose() => httpClient.Dispose();
}

/// <summary>Who could vouch for a token does not answer; trying again later may help.</summary>
public sealed class IdentityProviderUnavailableException(string message, Exception inner) : Exception(message, inner);
