using Microsoft.IdentityModel.JsonWebTokens;
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
    private readonly ProviderMetadata provider;
    private readonly string audience;

    /// <param name="authority">Such as https://login.microsoftonline.com/{tenant}/v2.0; http is allowed for loopback addresses only.</param>
    /// <param name="audience">Application ID of the register in the tenant.</param>
    /// <param name="time">Measures when the keys are read again; null for the clock of the system.</param>
    public EditorTokenValidator(Uri authority, string audience, TimeProvider? time = null)
    {
        provider = new ProviderMetadata(authority, time ?? TimeProvider.System);
        this.audience = audience;
    }

    /// <summary>Validates a token.</summary>
    /// <returns>The editor, or the reason of the rejection as a sentence for the token's holder.</returns>
    /// <exception cref="IdentityProviderUnavailableException">The keys of the provider cannot be read.</exception>
    public async Task<Result<Editor, string>> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        if (!AccessTokenRules.Parse(token, audience).TryGetValue(out var parsed, out var problem))
        {
            return problem;
        }

        var metadata = await provider.GetAsync(cancellationToken);
        var result = await handler.ValidateTokenAsync(parsed, CreateParameters(metadata));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await provider.GetNewerAsync(metadata, cancellationToken) is { } newer)
        {
            result = await handler.ValidateTokenAsync(parsed, CreateParameters(newer));
        }

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

    private TokenValidationParameters CreateParameters(OpenIdConnectConfiguration metadata) => new()
    {
        ValidIssuer = metadata.Issuer,
        ValidAudience = audience,
        IssuerSigningKeys = metadata.SigningKeys,
        ValidateIssuer = true,
        ValidateAudience = true,
        ValidateLifetime = true,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ValidateIssuerSigningKey = true,
        ValidAlgorithms = AccessTokenRules.Algorithms,
        ClockSkew = AccessTokenRules.ClockSkew,
    };

    // The failed check only: the messages of the exceptions contain details of the keys.
    private static string GetRejectionReason(Exception? exception) => exception switch
    {
        SecurityTokenExpiredException => AccessTokenRules.Expired,
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenNoExpirationException => "The token has no expiration time.",
        SecurityTokenInvalidAudienceException => AccessTokenRules.OtherAudience,
        SecurityTokenInvalidIssuerException => "The token is from another issuer.",
        SecurityTokenSignatureKeyNotFoundException => "The token is not signed with a key of the issuer.",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => "The signature of the token is invalid.",
        _ => AccessTokenRules.NotAToken,
    };

    public void Dispose() => provider.Dispose();
}
