using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ServiceOffices.Editing.Access;

/// <summary>
/// Authenticates editors by access tokens of one Entra ID tenant or of another OpenID Connect provider. The issuer and the
/// signing keys come from the provider's metadata, which is read again when a key is unknown.
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

    /// <param name="authority">Such as https://login.microsoftonline.com/{tenant}/v2.0; http is allowed for loopback addresses only.</param>
    /// <param name="audience">Application ID of the register in the tenant.</param>
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
            // Asymmetric algorithms only: with a symmetric one, the provider's public key would be accepted as the secret.
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            ValidTypes = ["JWT", "at+jwt"],
            ClockSkew = TimeSpan.FromMinutes(1),
        };
    }

    /// <summary>Validates a token.</summary>
    /// <returns>The editor, or the reason of the rejection as a sentence for the token's holder.</returns>
    /// <exception cref="IdentityProviderUnavailableException">The keys of the provider cannot be read.</exception>
    public async Task<Result<Editor, string>> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            await configuration.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            throw new IdentityProviderUnavailableException("The identity provider is unavailable.", e);
        }

        var result = await handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid)
        {
            return GetRejectionReason(result.Exception);
        }

        var claims = result.ClaimsIdentity;
        // Entra ID's oid identifies a person or program in every application; the standard requires sub only.
        var subject = claims.FindFirst("oid")?.Value ?? claims.FindFirst("sub")?.Value;
        if (string.IsNullOrWhiteSpace(subject) || subject.Length > MaxSubjectLength)
        {
            return "The token has no subject (oid or sub).";
        }

        var mayWrite = claims.HasClaim("roles", WriteRole);
        return new Editor(subject, mayWrite || claims.HasClaim("roles", ReadRole), mayWrite);
    }

    // The failed check only: the messages of the exceptions contain details of the keys.
    private static string GetRejectionReason(Exception? exception) => exception switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenNoExpirationException => "The token has no expiration time.",
        SecurityTokenInvalidAudienceException => "The token is for another audience.",
        SecurityTokenInvalidIssuerException => "The token is from another issuer.",
        SecurityTokenSignatureKeyNotFoundException => "The token is not signed with a key of the issuer.",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => "The signature of the token is invalid.",
        _ => "The token is not a valid signed JSON Web Token.",
    };

    public void Dispose() => httpClient.Dispose();
}

/// <summary>The identity provider that issues the tokens is unavailable. The request can be repeated later.</summary>
public sealed class IdentityProviderUnavailableException(string message, Exception inner) : Exception(message, inner);
