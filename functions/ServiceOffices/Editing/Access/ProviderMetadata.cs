using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ServiceOffices.Editing.Access;

/// <summary>
/// The issuer and the signing keys of an OpenID Connect provider. All requests share one read, and a read that fails refuses
/// requests at once for <see cref="RetrySeconds"/>, so that they never wait one after the other for a provider that is away.
/// </summary>
/// <remarks>
/// Keys are read again after <see cref="RefreshMinutes"/>, while requests use the known ones, and for a token with an unknown key. The
/// latter is possible every <see cref="RetrySeconds"/>: tokens with invented keys delay a new key by that time at most.
/// </remarks>
internal sealed class ProviderMetadata : IDisposable
{
    public const int RefreshMinutes = 60;
    public const int RetrySeconds = 10;
    private const int TimeoutSeconds = 10;

    private readonly Lock gate = new();
    private readonly HttpClient httpClient = new() { Timeout = TimeSpan.FromSeconds(TimeoutSeconds) };
    private readonly HttpDocumentRetriever documents;
    private readonly string address;
    private readonly TimeProvider time;

    // Guarded by the gate.
    private OpenIdConnectConfiguration? current;
    private Exception? failure;
    private Task? reading;
    private long readAt;

    public ProviderMetadata(Uri authority, TimeProvider time)
    {
        address = authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration";
        documents = new HttpDocumentRetriever(httpClient) { RequireHttps = !authority.IsLoopback };
        this.time = time;
    }

    /// <summary>Gets the known metadata, or reads it.</summary>
    /// <exception cref="IdentityProviderUnavailableException">The metadata cannot be read, and none is known.</exception>
    public async Task<OpenIdConnectConfiguration> GetAsync(CancellationToken cancellationToken)
    {
        Task? read;
        lock (gate)
        {
            if (current is not null)
            {
                if (time.GetElapsedTime(readAt) >= TimeSpan.FromMinutes(RefreshMinutes))
                {
                    _ = StartReading();
                }

                return current;
            }

            read = StartReading();
        }

        await WaitAsync(read, cancellationToken);
        lock (gate)
        {
            return current ?? throw CreateUnavailable();
        }
    }

    /// <summary>Gets newer metadata for a token whose key the given metadata does not contain; null if there is none yet.</summary>
    /// <exception cref="IdentityProviderUnavailableException">The metadata cannot be read, so the key may be new.</exception>
    public async Task<OpenIdConnectConfiguration?> GetNewerAsync(OpenIdConnectConfiguration known, CancellationToken cancellationToken)
    {
        Task? read;
        lock (gate)
        {
            if (current != known)
            {
                return current;
            }

            read = StartReading();
        }

        await WaitAsync(read, cancellationToken);
        lock (gate)
        {
            return failure is not null ? throw CreateUnavailable() : current == known ? null : current;
        }
    }

    /// <summary>Gets the read in progress, or starts one unless the last one has just ended. The caller holds the gate.</summary>
    private Task? StartReading()
    {
        if (reading is not null)
        {
            return reading;
        }

        var hasRead = current is not null || failure is not null;
        return hasRead && time.GetElapsedTime(readAt) < TimeSpan.FromSeconds(RetrySeconds) ? null : reading = Task.Run(ReadAsync);
    }

    // The read belongs to all waiting requests, so the end of one request does not cancel it; the timeout bounds it.
    [SuppressMessage("Design", "CA1031", Justification = "Every failure to read or to understand the metadata means that the provider is unavailable.")]
    private async Task ReadAsync()
    {
        OpenIdConnectConfiguration? read = null;
        Exception? problem = null;
        try
        {
            read = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, CancellationToken.None);
            if (string.IsNullOrEmpty(read.Issuer) || read.SigningKeys.Count == 0)
            {
                throw new InvalidOperationException("The metadata has no issuer or no signing keys.");
            }
        }
        catch (Exception exception)
        {
            problem = exception;
        }

        lock (gate)
        {
            (failure, readAt, reading) = (problem, time.GetTimestamp(), null);
            if (problem is null)
            {
                current = read;
            }
        }
    }

    private static Task WaitAsync(Task? read, CancellationToken cancellationToken) => read?.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    private IdentityProviderUnavailableException CreateUnavailable() => new("The identity provider is unavailable.", failure!);

    public void Dispose() => httpClient.Dispose();
}

/// <summary>The identity provider that issues the tokens is unavailable. The request can be repeated later.</summary>
public sealed class IdentityProviderUnavailableException(string message, Exception inner) : Exception(message, inner);
