using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServiceOffices.Editing.Access;

/// <summary>Rules that a token must meet before any key of the provider is read, so that other tokens cause no request to the provider.</summary>
internal static class AccessTokenRules
{
    public const string NotAToken = "The token is not a valid signed JSON Web Token.";
    public const string OtherAudience = "The token is for another audience.";
    public const string Expired = "The token has expired.";

    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Asymmetric algorithms only: with a symmetric one, the provider's public key would be accepted as the secret.</summary>
    public static readonly IReadOnlyList<string> Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    // RFC 9068, 2.1 and 4. Entra ID and other providers use JWT for all tokens.
    private static readonly string[] AccessTokenTypes = ["at+jwt", "application/at+jwt"];

    // Claims of OpenID Connect Core, 2 and 3.3.2.11, that bind an ID token to a sign-in.
    private static readonly string[] IdTokenClaims = ["nonce", "at_hash", "c_hash", "s_hash"];

    // The permissions or the client of an access token: OAuth (RFC 8693, 4.2 and 4.3), and Entra ID in versions 2.0 and 1.0.
    private static readonly string[] AccessTokenClaims = ["scope", "scp", "client_id", "azpacr", "appid"];

    /// <summary>Parses a token and checks its header and its unverified claims.</summary>
    /// <returns>The token, or the reason of the rejection as a sentence for its holder.</returns>
    public static Result<JsonWebToken, string> Parse(string text, string audience)
    {
        JsonWebToken token;
        try
        {
            token = new JsonWebToken(text);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException)
        {
            return NotAToken;
        }

        try
        {
            return FindProblem(token, audience) is { } problem ? problem : token;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException or InvalidCastException)
        {
            // A claim has another type than the standard requires.
            return NotAToken;
        }
    }

    private static string? FindProblem(JsonWebToken token, string audience)
    {
        // RFC 7515, 4.1.11: an extension that the recipient does not understand makes the token invalid. None is understood here.
        if (token.TryGetHeaderValue<object>("crit", out _))
        {
            return "The token requires extensions (crit) that are not supported.";
        }

        if (!Algorithms.Contains(token.Alg, StringComparer.Ordinal) || token.EncodedSignature is not { Length: > 0 })
        {
            return $"The token must be signed with {string.Join(", ", Algorithms)}.";
        }

        if (!IsAccessToken(token))
        {
            return "The token is not an access token. An ID token shows who has signed in, but gives no access.";
        }

        return !token.Audiences.Contains(audience, StringComparer.Ordinal) ? OtherAudience
            : token.ValidTo != DateTime.MinValue && token.ValidTo < DateTime.UtcNow - ClockSkew ? Expired
            : null;
    }

    private static bool IsAccessToken(JsonWebToken token)
    {
        if (AccessTokenTypes.Contains(token.Typ, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        return string.Equals(token.Typ, "JWT", StringComparison.OrdinalIgnoreCase)
            && !IdTokenClaims.Any(HasClaim)
            && AccessTokenClaims.Any(HasClaim);

        bool HasClaim(string name) => token.TryGetPayloadValue<object>(name, out _);
    }
}
