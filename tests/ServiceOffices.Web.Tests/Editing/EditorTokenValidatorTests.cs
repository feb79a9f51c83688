using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Editing.Access;

namespace ServiceOffices.Web.Tests.Editing;

/// <summary>Tests which tokens are accepted, and what reaches the identity provider.</summary>
public sealed class EditorTokenValidatorTests : IAsyncLifetime
{
    private readonly TokenIssuer issuer = new();
    private readonly FakeTimeProvider time = new();
    private EditorTokenValidator? validator;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private EditorTokenValidator Validator => validator ??= new EditorTokenValidator(new Uri(issuer.Issuer), TokenIssuer.Audience, time);

    public async ValueTask InitializeAsync() => await issuer.StartAsync();

    public ValueTask DisposeAsync()
    {
        validator?.Dispose();
        return issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("azpacr", null)] // Entra ID, version 2.0
    [InlineData("appid", null)] // Entra ID, version 1.0
    [InlineData("scp", null)]
    [InlineData("scope", null)]
    [InlineData("client_id", null)]
    [InlineData("iat_source", "at+jwt")] // RFC 9068: the type is sufficient.
    [InlineData("nonce", "application/at+jwt")]
    public async Task AccessToken_OfKnownProfile_IsAccepted(string claim, string? type) =>
        Assert.Null(await ValidateAsync(issuer.CreateToken("register.write", type: type, claims: [(claim, "x")])));

    [Theory]
    [InlineData("nonce")]
    [InlineData("at_hash")]
    [InlineData("c_hash")]
    [InlineData("s_hash")]
    [InlineData(null)]
    public async Task IdToken_ValidSignature_IsRejected(string? idTokenClaim)
    {
        // A sign-in of the same application: the audience, the roles and the key are right.
        (string, object)[] claims = idTokenClaim is null ? [("azp", "client")] : [("azpacr", "1"), (idTokenClaim, "x")];

        Assert.StartsWith("The token is not an access token.", await ValidateAsync(issuer.CreateToken("register.write", claims: claims)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_WithCrit_IsRejected() => Assert.Equal(
        "The token requires extensions (crit) that are not supported.",
        await ValidateAsync(issuer.CreateToken("register.write", header: ("crit", new[] { "exp" }))));

    public static TheoryData<string> JunkTokens =>
    [
        "", "x", "a.b.c", "..", "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30.", "[].[].[]", new string('a', 20_000), "eyJhbGciOjF9.eyJhdWQiOjF9.eA",
        "eyJhbGciOiJSUzI1NiIsInR5cCI6eyJhIjoxfX0.eyJleHAiOiJ4IiwiYXVkIjp7fX0.eA", "a.b.c.d.e",
    ];

    [Theory]
    [MemberData(nameof(JunkTokens))]
    public async Task Token_Junk_IsRejectedWithoutRequestToProvider(string token)
    {
        Assert.NotNull(await ValidateAsync(token));
        Assert.Equal(0, issuer.MetadataRequests);
    }

    [Fact]
    public async Task Token_WrongBeforeSignature_IsRejectedWithoutRequestToProvider()
    {
        string[] tokens =
        [
            issuer.CreateToken("register.write", audience: "other"), issuer.CreateToken("register.write", expires: -TimeSpan.FromMinutes(2)),
            issuer.CreateToken("register.write", signed: false), issuer.CreateToken("register.write", type: "id+jwt"),
            issuer.CreateToken("register.write", header: ("crit", new[] { "b64" })),
        ];

        foreach (var token in tokens)
        {
            Assert.NotNull(await ValidateAsync(token));
        }

        Assert.Equal(0, issuer.MetadataRequests);
    }

    [Fact]
    public async Task Provider_Away_AnswersAllRequestsTogether()
    {
        var release = new TaskCompletionSource();
        issuer.Pause = release.Task;
        var token = issuer.CreateToken("register.write");
        var requests = Enumerable.Range(0, 20).Select(_ => Validator.ValidateAsync(token, Now)).ToList();

        // A request that its client ends does not take the read from the others.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var first = Validator.ValidateAsync(token, ended.Token);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();

        Assert.All(await Task.WhenAll(requests), result => Assert.True(result.TryGetValue(out _, out _)));
        Assert.Equal(1, issuer.MetadataRequests);
    }

    [Fact]
    public async Task Provider_Failed_RefusesAtOnceUntilRetry()
    {
        issuer.IsAway = true;
        var token = issuer.CreateToken("register.write");
        await Assert.ThrowsAsync<IdentityProviderUnavailableException>(() => Validator.ValidateAsync(token, Now));
        var requests = issuer.MetadataRequests;

        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<IdentityProviderUnavailableException>(() => Validator.ValidateAsync(token, Now));
        }

        Assert.Equal(requests, issuer.MetadataRequests);
        issuer.IsAway = false;
        time.Advance(TimeSpan.FromSeconds(ProviderMetadata.RetrySeconds));
        Assert.Null(await ValidateAsync(token));
    }

    [Fact]
    public async Task KeyRotation_AfterFloodOfUnknownKeys_IsFoundWithinRetryTime()
    {
        Assert.Null(await ValidateAsync(issuer.CreateToken("register.write")));
        var unknown = TokenIssuer.CreateCredentials("unknown");
        time.Advance(TimeSpan.FromSeconds(ProviderMetadata.RetrySeconds));
        for (var i = 0; i < 50; i++)
        {
            // The first of them causes the read that leaves none for the next seconds.
            Assert.Equal("The token is not signed with a key of the issuer.", await ValidateAsync(issuer.CreateToken("register.write", signedBy: unknown)));
        }

        Assert.Equal(2, issuer.MetadataRequests);
        issuer.RotateKey();
        time.Advance(TimeSpan.FromSeconds(ProviderMetadata.RetrySeconds));

        Assert.Null(await ValidateAsync(issuer.CreateToken("register.write")));
        Assert.Equal(3, issuer.MetadataRequests);
    }

    [Fact]
    public async Task KeyUnknown_ProviderAway_IsUnavailableAndKnownKeyAccepted()
    {
        var token = issuer.CreateToken("register.write");
        Assert.Null(await ValidateAsync(token));
        issuer.RotateKey();
        issuer.IsAway = true;
        time.Advance(TimeSpan.FromSeconds(ProviderMetadata.RetrySeconds));

        await Assert.ThrowsAsync<IdentityProviderUnavailableException>(() => Validator.ValidateAsync(issuer.CreateToken("register.write"), Now));
        Assert.Null(await ValidateAsync(token));
    }

    /// <summary>Gets the reason of the rejection; null if the token is accepted.</summary>
    private async Task<string?> ValidateAsync(string token) =>
        (await Validator.ValidateAsync(token, Now)).TryGetValue(out _, out var rejection) ? null : rejection;
}
